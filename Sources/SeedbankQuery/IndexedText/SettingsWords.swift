import SeedbankModel

/// The words of another tool's settings, each with a private-use character, so that plain words do not
/// match them.
struct SettingsWords {
  /// Of the negative prompt.
  package let negative: [UInt8]
  /// Of everything else, names and values.
  package let settings: [UInt8]

  /// Reads a JSON object.
  ///
  /// Other text has no words.
  init(_ json: String) {
    var negative = TextFolding(prefix: FacetToken.Kind.negative.rawValue)
    var settings = TextFolding(prefix: FacetToken.Kind.setting.rawValue)
    for (name, value) in Self.members(json) {
      if Self.isNegativePrompt(name) {
        value.words(into: &negative)
      } else {
        settings.append(name)
        value.words(into: &settings)
      }
    }
    self.negative = negative.bytes
    self.settings = settings.bytes
  }

  private static func isNegativePrompt(_ name: String) -> Bool {
    let letters = name.lowercased().filter(\.isLetter)
    return letters == "negative" || letters == "negativeprompt"
  }

  /// The members in the order of their names.
  ///
  /// If a name occurs twice, the last one is used.
  private static func members(_ json: String) -> [(key: String, value: Value)] {
    var json = json
    let value = json.withUTF8 { bytes in
      var reader = JSONReader(bytes)
      return (try? Value(&reader)).flatMap { value in (try? reader.end()).map { value } }
    }
    guard case .object(let members) = value else { return [] }
    return members.sorted { $0.key < $1.key }
  }

  private indirect enum Value {
    case object([String: Value])
    case array([Value])
    case text(String)
    case number(Double)
    case truth(Bool)
    case null

    /// The maximum depth of a record.
    private static let deepest = 128

    init(_ reader: inout JSONReader, depth: Int = 0) throws(RecordError) {
      guard depth < Self.deepest else { throw reader.needed("fewer nested values") }
      switch reader.peek() {
      case UInt8(ascii: "{"):
        var members: [String: Value] = [:]
        try reader.members { name, reader throws(RecordError) in
          members[name] = try Value(&reader, depth: depth + 1)
        }
        self = .object(members)
      case UInt8(ascii: "["):
        var elements: [Value] = []
        try reader.array { reader throws(RecordError) in
          elements.append(try Value(&reader, depth: depth + 1))
        }
        self = .array(elements)
      case UInt8(ascii: "\""): self = .text(try reader.string())
      case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .truth(try reader.boolean())
      case UInt8(ascii: "n") where reader.takeNull(): self = .null
      default: self = .number(try reader.number())
      }
    }

    func words(into folding: inout TextFolding) {
      switch self {
      case .object(let members):
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
          folding.append(name)
          value.words(into: &folding)
        }
      case .array(let elements): for element in elements { element.words(into: &folding) }
      case .text(let text): folding.append(text)
      case .number(let number): folding.append(Self.written(number))
      case .truth(let truth): folding.append(truth ? "true" : "false")
      case .null: break
      }
    }

    /// 20, not 20.0, as shown in the tool.
    private static func written(_ number: Double) -> String {
      Int64(exactly: number).map(String.init) ?? String(number)
    }
  }
}
