import SeedbankModel

/// A fast reader for any JSON, because a ComfyUI graph has a hundred thousand bytes, and folders contain
/// many of them.
struct JSONScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var offset = 0
  /// The maximum depth.
  ///
  /// Tools do not write deeper JSON; it would use up the stack, and a record cannot contain it.
  private static let deepest = 100

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The value of all bytes, or nil.
  mutating func whole() -> JSONValue? {
    guard let value = value(depth: 0) else { return nil }
    skipSpace()
    return offset == bytes.count ? value : nil
  }

  /// The ranges of the members of the object in the bytes, or nil.
  mutating func memberRanges() -> [String: Range<Int>]? {
    var ranges: [String: Range<Int>] = [:]
    guard take("{") else { return nil }
    if take("}") { return ranges }
    repeat {
      skipSpace()
      guard let name = string(), take(":") else { return nil }
      skipSpace()
      let start = offset
      guard value(depth: 1) != nil else { return nil }
      ranges[name] = start..<offset
    } while take(",")
    return take("}") ? ranges : nil
  }

  private mutating func value(depth: Int) -> JSONValue? {
    guard depth < Self.deepest else { return nil }
    skipSpace()
    guard offset < bytes.count else { return nil }
    switch bytes[offset] {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string().map(JSONValue.string)
    default: break
    }
    if take("true") { return .bool(true) }
    if take("false") { return .bool(false) }
    if take("null") || take("NaN") || take("Infinity") || take("-Infinity") { return .null }
    return number()
  }

  private mutating func object(depth: Int) -> JSONValue? {
    var members: [String: JSONValue] = [:]
    offset += 1
    if take("}") { return .object(members) }
    repeat {
      skipSpace()
      guard let name = string(), take(":"), let value = value(depth: depth + 1) else { return nil }
      members[name] = value
    } while take(",")
    return take("}") ? .object(members) : nil
  }

  private mutating func array(depth: Int) -> JSONValue? {
    var elements: [JSONValue] = []
    offset += 1
    if take("]") { return .array(elements) }
    repeat {
      guard let value = value(depth: depth + 1) else { return nil }
      elements.append(value)
    } while take(",")
    return take("]") ? .array(elements) : nil
  }

  private mutating func number() -> JSONValue? {
    let start = offset
    while offset < bytes.count, Self.isNumeric(bytes[offset]) { offset += 1 }
    guard offset > start else { return nil }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if let value = Int64(text) { return .integer(value) }
    if let value = UInt64(text) { return .unsigned(value) }
    guard let value = Double(text) else { return nil }
    return value.isFinite ? .number(value) : .null
  }

  private static func isNumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private mutating func string() -> String? {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { return nil }
    offset += 1
    var start = offset
    var content: [UInt8] = []
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        defer { offset += 1 }
        if content.isEmpty { return String(decoding: bytes[start..<offset], as: UTF8.self) }
        return String(decoding: content + bytes[start..<offset], as: UTF8.self)
      case UInt8(ascii: "\\"):
        content += bytes[start..<offset]
        guard escape(into: &content) else { return nil }
        start = offset
      default: offset += 1
      }
    }
    return nil
  }

  private mutating func escape(into content: inout [UInt8]) -> Bool {
    guard offset + 1 < bytes.count, let scalar = JSONEscapes.scalar(bytes, &offset) else {
      return false
    }
    content += Array(String(scalar).utf8)
    return true
  }

  private mutating func skipSpace() {
    while offset < bytes.count, Self.isSpace(bytes[offset]) { offset += 1 }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// Reads the word and white space before it.
  private mutating func take(_ word: StaticString) -> Bool {
    skipSpace()
    let end = offset + word.utf8CodeUnitCount
    guard end <= bytes.count,
      UnsafeBufferPointer(rebasing: bytes[offset..<end])
        .elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    else { return false }
    offset = end
    return true
  }
}
