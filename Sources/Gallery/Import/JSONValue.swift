import FoundationEssentials

/// Any JSON, as other tools write it into pictures.
enum JSONValue: Hashable, Sendable, Codable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// Seeds of some tools take all 64 bits.
  case unsigned(UInt64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// What `text` says, or nil where it is not JSON.
  ///
  /// Python writes NaN and Infinity bare, which JSON has no word for: they become null.
  init?(parsing text: String) {
    let decoder = JSONDecoder()
    if let value = try? decoder.decode(JSONValue.self, from: Data(text.utf8)) {
      self = value
    } else if let repaired = Self.replacingBareNumbers(text),
      let value = try? decoder.decode(JSONValue.self, from: Data(repaired.utf8))
    {
      self = value
    } else {
      return nil
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? container.decode(UInt64.self) {
      self = .unsigned(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .unsigned(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }

  /// Compact JSON with its keys in alphabetical order.
  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }

  /// The text with `NaN` and `Infinity` outside strings replaced by null; nil where there are none.
  private static func replacingBareNumbers(_ text: String) -> String? {
    var result: [UInt8] = []
    var rest = Array(text.utf8)[...]
    var insideString = false
    var replaced = false
    while let byte = rest.first {
      if insideString {
        if byte == UInt8(ascii: "\\"), rest.count > 1 {
          result.append(rest.removeFirst())
        } else if byte == UInt8(ascii: "\"") {
          insideString = false
        }
        result.append(rest.removeFirst())
      } else if let word = ["NaN", "-Infinity", "Infinity"].first(where: {
        rest.starts(with: $0.utf8)
      }) {
        rest.removeFirst(word.utf8.count)
        result += Array("null".utf8)
        replaced = true
      } else {
        insideString = byte == UInt8(ascii: "\"")
        result.append(rest.removeFirst())
      }
    }
    return replaced ? String(decoding: result, as: UTF8.self) : nil
  }
}

extension JSONValue {
  subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  var members: [String: JSONValue]? {
    if case .object(let members) = self { members } else { nil }
  }

  var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// An integer, also where a tool wrote it as text or with a fraction of zero.
  var wholeNumber: Int64? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int64(exactly: value)
    case .string(let value): Int64(value.trimmingWhitespace)
    default: nil
    }
  }

  /// A number, also where a tool wrote it as text; perhaps not a finite one.
  var decimal: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .unsigned(let value): Double(value)
    case .number(let value): value
    case .string(let value): Double(value.trimmingWhitespace)
    default: nil
    }
  }
}

extension StringProtocol {
  /// The text without white space at either end.
  var trimmingWhitespace: String {
    let front = drop(while: \.isWhitespace)
    guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(front[...last])
  }
}
