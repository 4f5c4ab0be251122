/// A rule: conditions for calls, and a behaviour.
package struct Rule: Codable, Equatable, Sendable {
  /// The endpoint; nil means submit, poll, download and upload.
  package var on: Endpoint?
  /// Only the n-th call to the endpoint, counted from 1.
  package var nth: Int?
  /// The n-th call and those after it.
  package var from: Int?
  /// The n-th call and those before it.
  package var until: Int?
  /// Every k-th call.
  package var every: Int?
  /// Only the n-th call for the same request, the same job or the same file.
  package var attempt: Int?
  /// A share of the calls, 0…1, chosen by the script's seed and the call's number.
  package var chance: Double?
  /// Only calls for a prompt that contains this text.
  package var promptContains: String?
  /// The maximum number of calls.
  package var limit: Int?
  /// What happens to a call that the rule matches.
  package var behaviour: Behaviour

  /// Makes a rule; nil conditions match every call.
  package init(
    on: Endpoint? = nil, nth: Int? = nil, from: Int? = nil, until: Int? = nil, every: Int? = nil,
    attempt: Int? = nil, chance: Double? = nil, promptContains: String? = nil, limit: Int? = nil,
    _ behaviour: Behaviour
  ) {
    self.on = on
    self.nth = nth
    self.from = from
    self.until = until
    self.every = every
    self.attempt = attempt
    self.chance = chance
    self.promptContains = promptContains
    self.limit = limit
    self.behaviour = behaviour
  }

  private enum CodingKeys: String, CodingKey {
    case on, nth, from, until, every, attempt, chance, promptContains, limit
    case behaviour = "do"
  }
}

/// The endpoints for rules.
package enum Endpoint: String, Codable, CaseIterable, Sendable {
  case submit, poll, download
  /// A reference image that is sent before its request.
  case upload
  /// A connection, as it is accepted, before a byte of it is read.
  case connection
}

extension Rule {
  /// Whether the rule matches this call.
  ///
  /// `fired` is the number of earlier matches.
  func matches(_ call: Occasion, index: Int, seed: UInt64, fired: Int) -> Bool {
    if let on { guard on == call.endpoint else { return false } }
    if on == nil, call.endpoint == .connection { return false }
    if let nth, call.number != nth { return false }
    if let from, call.number < from { return false }
    if let until, call.number > until { return false }
    if let every, every < 1 || call.number % every != 0 { return false }
    if let attempt, call.attempt != attempt { return false }
    if let promptContains {
      guard let prompt = call.prompt, prompt.contains(promptContains) else { return false }
    }
    if let limit, fired >= limit { return false }
    guard let chance else { return true }
    var dice = SeededNumbers(
      Digest64(seed).adding(index).adding(call.number).adding("\(call.endpoint)"))
    return dice.unit() < Float(chance)
  }
}

/// A call for the conditions of rules.
struct Occasion {
  var endpoint: Endpoint
  /// Its number at this endpoint, from 1, in the order of arrival.
  var number: Int
  /// Its number among the calls for the same request, job or file, from 1.
  var attempt = 1
  var prompt: String?
}
