import FoundationEssentials

/// The script of a simulated gateway: rules that are tried in order on every call.
///
/// A call without a matching rule succeeds. If several rules match, each part of the behaviour comes from
/// the first rule that sets it.
package struct Script: Codable, Equatable, Sendable {
  /// The rules; the first that matches decides.
  package var rules: [Rule]
  /// The seed for rules with a `chance`.
  ///
  /// The same seed chooses the same calls.
  package var seed: UInt64?
  /// Further accepted keys.
  ///
  /// Each is a separate account that sees only its own jobs.
  package var otherKeys: [String]?

  /// Makes a script from rules.
  package init(_ rules: [Rule] = [], seed: UInt64? = nil, otherKeys: [String]? = nil) {
    self.rules = rules
    self.seed = seed
    self.otherKeys = otherKeys
  }

  /// Reads a script from JSON.
  ///
  /// An unknown key is an error. Otherwise a test with a misspelled fault would pass without the
  /// fault.
  package init(json: some Sequence<UInt8>) throws(ScriptError) {
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
    let unknownKeys = source.keys(missingIn: normal)
    guard unknownKeys.isEmpty else { throw .unknownKeys(unknownKeys) }
  }

  /// The script as JSON, sorted and indented.
  package var json: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return try Array(encoder.encode(self))
    }
  }

  private enum CodingKeys: String, CodingKey { case rules, seed, otherKeys }

  /// Reads a script and refuses unknown members.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    rules = try container.decodeIfPresent([Rule].self, forKey: .rules) ?? []
    seed = try container.decodeIfPresent(UInt64.self, forKey: .seed)
    otherKeys = try container.decodeIfPresent([String].self, forKey: .otherKeys)
  }
}

/// Why a script is not valid.
package enum ScriptError: Error, Equatable, Sendable {
  /// It is not JSON, or a value is not allowed.
  case unreadable(reason: String)
  /// Paths of unknown keys, such as `rules[0].evry`.
  case unknownKeys([String])
}
