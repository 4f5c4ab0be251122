import Configuration
import FilePaths
import Platform
import Synchronization

/// The content of the config file, and its keys.
struct ConfigFile: Sendable {
  let path: FilePath
  let snapshot: YAMLSnapshot
  let keys: [String]

  /// The largest config file.
  private static let sizeLimit = 1 << 20

  /// The content of the file at `path`, or nil if it does not exist or is empty.
  /// - Throws: `Failure` of status 78 if it cannot be read or is not a YAML mapping.
  static func read(_ path: FilePath) throws -> ConfigFile? {
    guard let bytes = try FileBytes.read(path, limit: sizeLimit) else { return nil }
    return try parse(bytes, of: path)
  }

  /// The content of a config file, or nil if it is empty.
  /// - Throws: `Failure` of status 78 if it is not a YAML mapping.
  static func parse(_ bytes: [UInt8], of path: FilePath) throws -> ConfigFile? {
    if isEmpty(bytes) { return nil }
    // The parser asks for each key whether its value is secret.
    let met = Mutex<[String]>([])
    let options = YAMLSnapshot.ParsingOptions(
      secretsSpecifier: .dynamic { key, _ in
        met.withLock { $0.append(key) }
        return false
      })
    do {
      let snapshot = try YAMLSnapshot(
        data: bytes.span.bytes, providerName: path.description, parsingOptions: options)
      return ConfigFile(path: path, snapshot: snapshot, keys: met.withLock { $0.sorted() })
    } catch {
      throw Failure(
        .notConfigured,
        "the config file \(path) is not valid YAML\(place(of: error))",
        hint: "write lines such as `gateway: https://gateway.example`")
    }
  }

  /// The values of all keys: one text, or the texts of a list.
  var values: [String: [String]] {
    keys.reduce(into: [:]) { values, key in
      let name = AbsoluteConfigKey([key])
      if case .string(let text)? = try? snapshot.value(forKey: name, type: .string).value?.content {
        values[key] = [text]
      } else if case .stringArray(let texts)? =
        try? snapshot.value(forKey: name, type: .stringArray).value?.content
      {
        values[key] = texts
      }
    }
  }

  /// Unknown keys, each with a suggestion.
  var unknownKeys: [(key: String, nearest: String?)] {
    let known = Setting.allCases.map(\.rawValue)
    return keys.filter { ConfigKey($0) == nil }.map {
      ($0, Suggestion.nearest(to: $0, among: known))
    }
  }

  /// The names of aliases, in alphabetical order.
  var aliases: [String] {
    keys.compactMap { if case .alias(let name)? = ConfigKey($0) { name } else { nil } }
  }

  /// The names of providers, in alphabetical order.
  var providerNames: [String] {
    var names: [String] = []
    for case .provider(let name, _)? in keys.map({ ConfigKey($0) }) where names.last != name {
      names.append(name)
    }
    return names
  }

  /// The keys of prices, in alphabetical order.
  var priceKeys: [(provider: String, model: String)] {
    keys.compactMap {
      if case .price(let provider, let model)? = ConfigKey($0) {
        (provider: provider, model: model)
      } else {
        nil
      }
    }
  }

  /// Whether it has only comments and white space, which the YAML parser refuses.
  private static func isEmpty(_ bytes: [UInt8]) -> Bool {
    bytes.split(separator: UInt8(ascii: "\n")).allSatisfy { line in
      let start = line.first { $0 != UInt8(ascii: " ") && $0 != 9 && $0 != 13 }
      return start == nil || start == UInt8(ascii: "#")
    }
  }

  /// The line of the error.
  ///
  /// The parser's own message would repeat the content of the line.
  private static func place(of error: any Error) -> String {
    let words = "\(error)".split(separator: ":", maxSplits: 3)
    guard words.count > 2, let line = Int(words[1]) else { return "" }
    return " (line \(line))"
  }
}
