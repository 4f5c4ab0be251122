import SeedbankModel

/// A JSON value that another tool wrote into an image.
enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// Seeds of some tools take all 64 bits.
  case unsigned(UInt64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The value of `text`, or nil if it is not JSON.
  ///
  /// Python writes NaN and Infinity, which JSON does not allow. They become null.
  init?(parsing text: String) {
    guard let document = try? JSONDocument(Array(text.utf8), .python) else { return nil }
    self.init(document.root)
  }

  private init(_ view: JSONView) {
    switch view.node.kind {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .number: self.init(number: view.source)
    case .string: self = .string(view.string ?? "")
    case .array: self = .array((view.elements ?? []).map { JSONValue($0) })
    case .object:
      let values = view.valuesByKey.map { ($0.key, JSONValue($0.value)) }
      self = .object(Dictionary(values) { _, last in last })
    }
  }

  /// A number in the narrowest case that keeps its value; null if it is too large for any.
  private init(number text: String) {
    if let value = Int64(text) {
      self = .integer(value)
    } else if let value = UInt64(text) {
      self = .unsigned(value)
    } else {
      self = Double(text).flatMap { $0.isFinite ? .number($0) : nil } ?? .null
    }
  }

  /// Compact JSON with its keys in alphabetical order.
  var text: String {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.text
  }

  private func write(to writer: inout JSONWriter) {
    switch self {
    case .null: writer.null()
    case .bool(let value): writer.value(value)
    case .integer(let value): writer.value(value)
    case .unsigned(let value): writer.value(value)
    case .number(let value): writer.value(value)
    case .string(let value): writer.value(value)
    case .array(let elements):
      writer.array { array in
        for element in elements { element.write(to: &array) }
      }
    case .object(let members):
      writer.object { object in
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
          object.key(name)
          value.write(to: &object)
        }
      }
    }
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

  /// An integer, also if a tool wrote it as text or with a fraction of zero.
  var wholeNumber: Int64? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int64(exactly: value)
    case .string(let value): Int64(value.trimmingWhitespace)
    default: nil
    }
  }

  /// A seed, also if a tool wrote it as text or with a fraction of zero; nil for a floating-point number
  /// that is not exact.
  var seed: ImageSeed? {
    switch self {
    case .integer(let value): ImageSeed(value)
    case .unsigned(let value): ImageSeed(value)
    case .number(let value): abs(value) < 0x1p53 ? Int64(exactly: value).map { ImageSeed($0) } : nil
    case .string(let value): ImageSeed(value.trimmingWhitespace)
    default: nil
    }
  }

  /// A number, also if a tool wrote it as text.
  ///
  /// It may not be finite.
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
    let trimmed = withASCII { bytes in
      guard let first = bytes.firstIndex(where: { !$0.isASCIIWhitespace }),
        let last = bytes.lastIndex(where: { !$0.isASCIIWhitespace })
      else { return "" }
      return String(decoding: bytes[first...last], as: UTF8.self)
    }
    if let trimmed { return trimmed }
    let front = drop(while: \.isWhitespace)
    guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(front[...last])
  }
}

extension JSONValue {
  /// The unchanged texts of the members, if `text` is an object; otherwise nil.
  static func memberTexts(of text: String) -> [String: String]? {
    guard let root = try? JSONDocument(Array(text.utf8), .python).root, root.isObject else {
      return nil
    }
    return Dictionary(root.valuesByKey.map { ($0.key, $0.value.source) }) { _, last in last }
  }
}
