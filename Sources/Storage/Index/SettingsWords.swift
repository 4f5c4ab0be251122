import FoundationEssentials

/// The words of what another tool recorded, each with the private character that keeps plain words
/// from finding it.
struct SettingsWords {
  /// Of the negative prompt.
  let negative: [UInt8]
  /// Of everything else, names and values.
  let settings: [UInt8]

  /// Reads a JSON object; text that is not one has no words.
  init(_ json: String) {
    var negative = TextFolding(prefix: FacetToken.Kind.negative.rawValue)
    var settings = TextFolding(prefix: FacetToken.Kind.setting.rawValue)
    if case .object(let members) = try? JSONDecoder().decode(Value.self, from: Data(json.utf8)) {
      for (name, value) in members.sorted(by: { $0.key < $1.key }) {
        if Self.isNegativePrompt(name) {
          value.words(into: &negative)
        } else {
          settings.append(name)
          value.words(into: &settings)
        }
      }
    }
    self.negative = negative.bytes
    self.settings = settings.bytes
  }

  private static func isNegativePrompt(_ name: String) -> Bool {
    let letters = name.lowercased().filter(\.isLetter)
    return letters == "negative" || letters == "negativeprompt"
  }

  private indirect enum Value: Decodable {
    case object([String: Value])
    case array([Value])
    case text(String)
    case number(Double)
    case truth(Bool)
    case null

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let members = try? container.decode([String: Value].self) {
        self = .object(members)
      } else if let elements = try? container.decode([Value].self) {
        self = .array(elements)
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let truth = try? container.decode(Bool.self) {
        self = .truth(truth)
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .null
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

    /// 20, not 20.0: as people read it in the tool.
    private static func written(_ number: Double) -> String {
      Int64(exactly: number).map(String.init) ?? String(number)
    }
  }
}
