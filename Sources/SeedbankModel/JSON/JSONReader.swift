import Platform

/// Reads JSON from bytes, token by token, without building a tree.
///
/// A restore reads a library of a million generations line by line, so a line may take about 2 µs.
package struct JSONReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var offset = 0
  /// The maximum nesting of arrays and objects; deeper input is refused, so that it cannot exhaust
  /// the stack.
  private static let deepest = 128

  package init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Whether `text` is one JSON value and nothing else.
  package static func isValue(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { buffer in
      var reader = JSONReader(buffer)
      guard (try? reader.skipValue()) != nil else { return false }
      return (try? reader.end()) != nil
    }
  }

  // MARK: Structure

  /// Calls `member` with each key of an object; it must read the value.
  ///
  /// Keys are not unescaped. Seedbank's own keys have no escapes, so a key with one is not known.
  package mutating func object(
    _ member: (inout JSONReader, UnsafeBufferPointer<UInt8>) throws(RecordError) -> Void
  ) throws(RecordError) {
    try expect(UInt8(ascii: "{"), "{")
    if take(UInt8(ascii: "}")) { return }
    repeat {
      let key = try stringBytes().content
      try expect(UInt8(ascii: ":"), ":")
      try member(&self, key)
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"), ", or }")
  }

  /// Calls `member` with each key of an object of another program; it must read the value.
  package mutating func members(
    _ member: (String, inout JSONReader) throws(RecordError) -> Void
  ) throws(RecordError) {
    try expect(UInt8(ascii: "{"), "{")
    if take(UInt8(ascii: "}")) { return }
    repeat {
      let key = try string()
      try expect(UInt8(ascii: ":"), ":")
      try member(key, &self)
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"), ", or }")
  }

  package mutating func array(
    _ element: (inout JSONReader) throws(RecordError) -> Void
  ) throws(RecordError) {
    try expect(UInt8(ascii: "["), "[")
    if take(UInt8(ascii: "]")) { return }
    repeat { try element(&self) } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"), ", or ]")
  }

  /// Checks that only white space is left.
  package mutating func end() throws(RecordError) {
    skipSpace()
    guard offset == bytes.count else { throw needed("the end of the line") }
  }

  // MARK: Values

  package mutating func takeNull() -> Bool { takeWord("null") }

  /// Returns the first byte of the next value; nil at the end.
  package mutating func peek() -> UInt8? {
    skipSpace()
    return offset < bytes.count ? bytes[offset] : nil
  }

  package mutating func boolean() throws(RecordError) -> Bool {
    if takeWord("true") { return true }
    guard takeWord("false") else { throw needed("true or false") }
    return false
  }

  package mutating func string() throws(RecordError) -> String {
    let (content, isEscaped) = try stringBytes()
    if isEscaped {
      let text = try JSONEscapes.decode(content, at: offset)
      // For SQLite's C interface, a NUL ends the text.
      if text.utf8.contains(0) { throw needed("no NUL in a string") }
      return text
    }
    guard let text = String(validating: content, as: UTF8.self) else { throw needed("UTF-8") }
    return text
  }

  /// Reads an integer; `1.0` and `1e3` are not integers.
  package mutating func integer() throws(RecordError) -> Int64 {
    skipSpace()
    let start = offset
    let isNegative = takeHere(UInt8(ascii: "-"))
    var value: Int64 = 0
    let firstDigit = offset
    while offset < bytes.count, case let digit = bytes[offset] &- UInt8(ascii: "0"), digit < 10 {
      let (product, tooBig) = value.multipliedReportingOverflow(by: 10)
      let (sum, over) = product.subtractingReportingOverflow(Int64(digit))
      guard !tooBig, !over else { throw needed("a smaller number") }
      value = sum
      offset += 1
    }
    guard offset > firstDigit, !isFractional, isNegative || value != .min,
      !hasLeadingZero(from: firstDigit)
    else {
      offset = start
      throw needed("a whole number")
    }
    return isNegative ? value : -value
  }

  package mutating func number() throws(RecordError) -> Double {
    skipSpace()
    let start = offset
    try skipNumber()
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    guard let value = Double(text), value.isFinite else { throw needed("a number") }
    return value
  }

  /// Returns the bytes of the next value, unchanged.
  package mutating func rawValue() throws(RecordError) -> String {
    skipSpace()
    let start = offset
    try skipValue()
    guard let text = String(validating: bytes[start..<offset], as: UTF8.self) else {
      throw needed("UTF-8")
    }
    return text
  }

  package mutating func skipValue() throws(RecordError) { try skipValue(depth: 0) }

  private mutating func skipValue(depth: Int) throws(RecordError) {
    guard depth < Self.deepest else { throw needed("fewer nested values") }
    skipSpace()
    guard offset < bytes.count else { throw needed("a value") }
    switch bytes[offset] {
    case UInt8(ascii: "{"):
      try object { reader, _ throws(RecordError) in try reader.skipValue(depth: depth + 1) }
    case UInt8(ascii: "["):
      try array { reader throws(RecordError) in try reader.skipValue(depth: depth + 1) }
    case UInt8(ascii: "\""):
      let (content, isEscaped) = try stringBytes()
      if isEscaped { _ = try JSONEscapes.decode(content, at: offset) }
    case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try boolean()
    case UInt8(ascii: "n"): if !takeNull() { throw needed("null") }
    default: try skipNumber()
    }
  }

  // MARK: Bytes

  package mutating func needed(_ what: String) -> RecordError {
    .syntax(offset: offset, needed: what)
  }

  private var isFractional: Bool {
    offset < bytes.count
      && [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[offset])
  }

  /// Returns whether the number starts with 0 and has more digits, which JSON does not allow.
  private func hasLeadingZero(from start: Int) -> Bool {
    offset - start > 1 && bytes[start] == UInt8(ascii: "0")
  }

  private mutating func skipSpace() {
    while offset < bytes.count, bytes[offset] <= 0x20,
      [0x20, 0x0A, 0x0D, 0x09].contains(bytes[offset])
    {
      offset += 1
    }
  }

  private mutating func takeHere(_ byte: UInt8) -> Bool {
    guard offset < bytes.count, bytes[offset] == byte else { return false }
    offset += 1
    return true
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    return takeHere(byte)
  }

  private mutating func expect(_ byte: UInt8, _ what: String) throws(RecordError) {
    guard take(byte) else { throw needed(what) }
  }

  private mutating func takeWord(_ word: StaticString) -> Bool {
    skipSpace()
    let count = word.utf8CodeUnitCount
    guard bytes.count - offset >= count, let base = bytes.baseAddress,
      memcmp(base + offset, word.utf8Start, count) == 0
    else { return false }
    offset += count
    return true
  }

  private mutating func stringBytes() throws(RecordError) -> (
    content: UnsafeBufferPointer<UInt8>, isEscaped: Bool
  ) {
    skipSpace()
    guard takeHere(UInt8(ascii: "\"")), let base = bytes.baseAddress else {
      throw needed("a string")
    }
    let start = offset
    var isEscaped = false
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        let content = UnsafeBufferPointer(start: base + start, count: offset - start)
        offset += 1
        return (content, isEscaped)
      case UInt8(ascii: "\\"):
        isEscaped = true
        offset += 2
      case 0..<0x20: throw needed("no control character in a string")
      default: offset += 1
      }
    }
    throw needed("the end of a string")
  }

  private mutating func skipNumber() throws(RecordError) {
    let isDigit: (UInt8) -> Bool = { $0 &- UInt8(ascii: "0") < 10 }
    func digits(_ reader: inout JSONReader) -> Int {
      let start = reader.offset
      while reader.offset < reader.bytes.count, isDigit(reader.bytes[reader.offset]) {
        reader.offset += 1
      }
      return reader.offset - start
    }
    _ = takeHere(UInt8(ascii: "-"))
    let firstDigit = offset
    guard digits(&self) > 0 else { throw needed("a value") }
    guard !hasLeadingZero(from: firstDigit) else {
      offset = firstDigit
      throw needed("a number without leading zeros")
    }
    if takeHere(UInt8(ascii: ".")), digits(&self) == 0 { throw needed("a digit") }
    if takeHere(UInt8(ascii: "e")) || takeHere(UInt8(ascii: "E")) {
      if !takeHere(UInt8(ascii: "+")) { _ = takeHere(UInt8(ascii: "-")) }
      guard digits(&self) > 0 else { throw needed("a digit") }
    }
  }
}
