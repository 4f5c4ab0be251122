import FoundationEssentials

/// What a simulated gateway is told to do: rules, tried in order on every call.
///
/// A call that no rule matches is answered as the gateway would on a good day. Where several rules
/// match, each part of the behaviour comes from the first rule that names it.
public struct Script: Codable, Equatable, Sendable {
  /// The rules; the first that matches decides.
  public var rules: [Rule]
  /// What the rules with a `chance` are drawn from; the same seed draws the same calls.
  public var seed: UInt64?
  /// Further keys that are accepted, each of an account of its own, which sees its own jobs only.
  public var otherKeys: [String]?

  /// Makes a script from rules.
  public init(_ rules: [Rule] = [], seed: UInt64? = nil, otherKeys: [String]? = nil) {
    self.rules = rules
    self.seed = seed
    self.otherKeys = otherKeys
  }

  /// Reads a script from JSON. A key that means nothing is an error, never passed over: a
  /// misspelt fault would otherwise be a test that passes without its fault.
  public init(json: some Sequence<UInt8>) throws(ScriptError) {
    let data = Data(json)
    let source: JSON
    let normal: JSON
    do {
      source = try JSONDecoder().decode(JSON.self, from: data)
      self = try JSONDecoder().decode(Script.self, from: data)
      normal = try JSONDecoder().decode(JSON.self, from: JSONEncoder().encode(self))
    } catch {
      throw .unreadable(reason: "\(error)")
    }
    let strangers = source.keys(missingIn: normal)
    guard strangers.isEmpty else { throw .unknownKeys(strangers) }
  }

  /// The script as JSON, sorted and indented.
  public var json: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return try Array(encoder.encode(self))
    }
  }

  private enum CodingKeys: String, CodingKey { case rules, seed, otherKeys }

  /// Reads a script and refuses unknown members.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    rules = try container.decodeIfPresent([Rule].self, forKey: .rules) ?? []
    seed = try container.decodeIfPresent(UInt64.self, forKey: .seed)
    otherKeys = try container.decodeIfPresent([String].self, forKey: .otherKeys)
  }
}

/// Why a script cannot be followed.
public enum ScriptError: Error, Equatable, Sendable {
  /// It is not JSON, or a value is not one that its place can take.
  case unreadable(reason: String)
  /// Paths of keys that mean nothing, such as `rules[0].evry`.
  case unknownKeys([String])
}
