import Platform

/// A recursive-descent parser with limits for depth and for the number of values.
struct JSONParser {
  private let text: UnsafeBufferPointer<UInt8>
  private let dialect: JSONDialect
  private var at = 0
  private var budget: Int

  init(_ text: UnsafeBufferPointer<UInt8>, _ dialect: JSONDialect) {
    self.text = text
    self.dialect = dialect
    budget = dialect.valueLimit
  }

  mutating func document() throws(JSONFault) -> JSONNode {
    if text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { at = 3 }
    let root = try value(depth: 0)
    skipSpace()
    while at < text.count, text[at] == 0 { at += 1 }
    guard at == text.count else { throw .malformed(at: at) }
    return root
  }

  private mutating func value(depth: Int) throws(JSONFault) -> JSONNode {
    guard depth < dialect.depthLimit else { throw .tooDeep }
    budget -= 1
    guard budget >= 0 else { throw .tooManyValues }
    skipSpace()
    guard at < text.count else { throw .malformed(at: at) }
    switch text[at] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return try string()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "N") where dialect.acceptsNonFinite: return try word("NaN", .null)
    case UInt8(ascii: "I") where dialect.acceptsNonFinite: return try word("Infinity", .null)
    case UInt8(ascii: "-") where dialect.acceptsNonFinite && isNegativeInfinity:
      return try word("-Infinity", .null)
    default: return try number()
    }
  }

  private var isNegativeInfinity: Bool { at + 1 < text.count && text[at + 1] == UInt8(ascii: "I") }

  private mutating func object(depth: Int) throws(JSONFault) -> JSONNode {
    let start = at
    var members: [JSONMember] = []
    at += 1
    skipSpace()
    if take("}") { return JSONNode(kind: .object(members), range: start..<at) }
    while true {
      skipSpace()
      guard at < text.count, text[at] == UInt8(ascii: "\"") else { throw .malformed(at: at) }
      let name = try string()
      skipSpace()
      guard take(":") else { throw .malformed(at: at) }
      let member = try value(depth: depth + 1)
      let key = JSONEscapes.text(text, of: name)
      members.append(
        JSONMember(key: key, range: name.range.lowerBound..<member.range.upperBound, value: member))
      skipSpace()
      if take(",") { continue }
      guard take("}") else { throw .malformed(at: at) }
      return JSONNode(kind: .object(members), range: start..<at)
    }
  }

  private mutating func array(depth: Int) throws(JSONFault) -> JSONNode {
    let start = at
    var elements: [JSONNode] = []
    at += 1
    skipSpace()
    if take("]") { return JSONNode(kind: .array(elements), range: start..<at) }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if take(",") { continue }
      guard take("]") else { throw .malformed(at: at) }
      return JSONNode(kind: .array(elements), range: start..<at)
    }
  }

  /// Finds the closing quote with memchr, which is fast for many megabytes of base64.
  ///
  /// The position of the quote is stored, so that a text with many escapes is not searched
  /// repeatedly.
  private mutating func string() throws(JSONFault) -> JSONNode {
    let start = at
    var escaped = false
    at += 1
    guard var quote = find(UInt8(ascii: "\""), in: at..<text.count) else {
      throw .malformed(at: start)
    }
    while let slash = find(UInt8(ascii: "\\"), in: at..<quote) {
      escaped = true
      at = slash + 2
      if at > quote {
        guard at <= text.count, let next = find(UInt8(ascii: "\""), in: at..<text.count) else {
          throw .malformed(at: start)
        }
        quote = next
      }
    }
    at = quote + 1
    return JSONNode(kind: .string(escaped: escaped), range: start..<at)
  }

  private mutating func number() throws(JSONFault) -> JSONNode {
    let start = at
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    return JSONNode(kind: .number, range: start..<at)
  }

  private mutating func digits() throws(JSONFault) {
    let start = at
    while at < text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[at]) { at += 1 }
    guard at > start else { throw .malformed(at: at) }
  }

  private mutating func word(
    _ word: StaticString, _ kind: JSONKind
  ) throws(JSONFault) -> JSONNode {
    let start = at
    let end = at + word.utf8CodeUnitCount
    guard end <= text.count,
      text[start..<end].elementsEqual(
        UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    else { throw .malformed(at: start) }
    at = end
    return JSONNode(kind: kind, range: start..<end)
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard at < text.count, text[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private mutating func skipSpace() {
    while at < text.count {
      switch text[at] {
      case 0x20, 0x0A, 0x0D, 0x09: at += 1
      default: return
      }
    }
  }

  private func find(_ byte: UInt8, in range: Range<Int>) -> Int? {
    guard !range.isEmpty, let base = text.baseAddress else { return nil }
    guard let hit = memchr(base + range.lowerBound, Int32(byte), range.count) else { return nil }
    return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
  }
}
