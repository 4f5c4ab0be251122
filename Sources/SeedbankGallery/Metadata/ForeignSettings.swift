import FoundationEssentials

/// The settings of another tool, value by value.
struct ForeignSettings {
  private let values: [String: Value]

  private enum Value: Decodable {
    case text(String)
    case other

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let number = try? container.decode(Int64.self) {
        self = .text(String(number))
      } else if let number = try? container.decode(Double.self) {
        self = .text(String(number))
      } else {
        self = .other
      }
    }
  }

  /// - Parameter json: an object; other values have no settings.
  init(_ json: String?) {
    values =
      json.flatMap { try? JSONDecoder().decode([String: Value].self, from: Data($0.utf8)) } ?? [:]
  }

  subscript(name: String) -> String? {
    if case .text(let text) = values[name] { text } else { nil }
  }
}
