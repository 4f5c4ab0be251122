/// Writes compact JSON with its members in the given order.
///
/// Control characters, including C1, are written as `\u00XX`, so the text can be shown in a
/// terminal. `JSONEncoder` orders members by a hash or by name, and needs the whole of Foundation.
package struct JSONWriter: Sendable {
  /// The bytes of the text in UTF-8.
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// Makes a writer without text.
  package init() {}

  /// The text that was written so far.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Removes the text but keeps its memory, for the next of many lines.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  /// Ends a line of JSON Lines.
  package mutating func newline() {
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  /// Writes an object whose members the closure writes.
  package mutating func object(_ members: (inout JSONWriter) -> Void) {
    enclosed(UInt8(ascii: "{"), UInt8(ascii: "}"), members)
  }

  /// Writes an array whose elements the closure writes.
  package mutating func array(_ elements: (inout JSONWriter) -> Void) {
    enclosed(UInt8(ascii: "["), UInt8(ascii: "]"), elements)
  }

  /// Begins an object whose members follow; ``endObject()`` ends it.
  package mutating func beginObject() {
    separate()
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
  }

  /// Ends an object that ``beginObject()`` began.
  package mutating func endObject() {
    bytes.append(UInt8(ascii: "}"))
    needsComma = true
  }

  /// Writes the name of a member that was encoded before.
  package mutating func key(_ key: JSONKey) {
    append(key.encoded.dropLast(Self.null.count))
    needsComma = false
  }

  /// Writes a member that is `null`.
  package mutating func null(_ key: JSONKey) {
    append(key.encoded[...])
    needsComma = true
  }

  /// Writes the bytes of a key, which begin with a comma.
  private mutating func append(_ key: ArraySlice<UInt8>) {
    bytes.append(contentsOf: needsComma ? key : key.dropFirst())
  }

  fileprivate static let null = Array("null".utf8)

  /// Writes the name of a member.
  package mutating func key(_ name: some StringProtocol) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes the name of a member.
  package mutating func key(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes `null`.
  package mutating func null() { plain("null") }
  /// Writes `true` or `false`.
  package mutating func value(_ flag: Bool) { plain(flag ? "true" : "false") }
  /// Writes a whole number.
  package mutating func value(_ number: some BinaryInteger) { plain(String(number)) }
  /// Writes a whole number.
  package mutating func value(_ number: Int) { value(Int64(number)) }
  /// Writes a seed as a whole number.
  package mutating func value(_ seed: ImageSeed) {
    if let number = seed.int { value(number) } else { plain(seed.description) }
  }

  /// Writes a whole number.
  package mutating func value(_ number: Int64) {
    separate()
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.mostDigits) { digits in
      var rest = number.magnitude
      var start = Self.mostDigits
      repeat {
        start -= 1
        digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
    }
    needsComma = true
  }

  /// The number of digits of 2⁶³.
  private static let mostDigits = 19

  /// Writes a time as text.
  package mutating func value(_ time: Timestamp) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    time.withText { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  /// Writes the shortest digits that read as the same number; null for infinities and not-a-number.
  package mutating func value(_ number: Double) {
    if number.isFinite { plain(number.description) } else { null() }
  }

  /// Writes a string.
  package mutating func value(_ text: some StringProtocol) {
    separate()
    quote(text)
    needsComma = true
  }

  /// Writes a string.
  ///
  /// For code of other modules, this is much faster than the generic function.
  package mutating func value(_ text: String) {
    separate()
    quote(text)
    needsComma = true
  }

  /// Writes text in memory as a string.
  ///
  /// Bytes that are not UTF-8 are replaced, as in a `String`.
  package mutating func value(utf8 text: UnsafeRawBufferPointer) {
    guard text.allSatisfy({ $0 < 0x80 }) else {
      return value(String(decoding: text, as: UTF8.self))
    }
    separate()
    text.withMemoryRebound(to: UInt8.self) { quote($0) }
    needsComma = true
  }

  /// Writes a uid as text.
  package mutating func value(_ uid: UID) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    uid.withText { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  /// Returns a text as a JSON string.
  package static func string(_ text: String) -> String {
    var writer = JSONWriter()
    writer.value(text)
    return writer.text
  }

  /// A text as a JSON string, in bytes.
  package static func literal(_ text: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.value(text)
    return writer.bytes
  }

  /// Writes JSON on one line; text that is not JSON is written as a string.
  package mutating func raw(_ json: String) {
    guard JSONReader.isValue(json) else { return value(json) }
    separate()
    // In valid JSON, a newline is only between tokens, where a space has the same meaning.
    bytes.append(contentsOf: json.utf8.lazy.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
    needsComma = true
  }

  private mutating func plain(_ token: String) {
    separate()
    bytes.append(contentsOf: token.utf8)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func enclosed(
    _ first: UInt8, _ last: UInt8, _ content: (inout JSONWriter) -> Void
  ) {
    separate()
    bytes.append(first)
    needsComma = false
    content(&self)
    bytes.append(last)
    needsComma = true
  }

  private mutating func quote(_ text: some StringProtocol) {
    if text.utf8.withContiguousStorageIfAvailable({ quote($0) }) == nil {
      var text = String(text)
      text.withUTF8 { quote($0) }
    }
  }

  private mutating func quote(_ text: String) {
    var text = text
    text.withUTF8 { quote($0) }
  }

  /// Copies text without escapes in runs, which is nearly all text.
  private mutating func quote(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    var run = 0
    var index = 0
    while index < text.count {
      index = Self.endOfPlainWords(text, index)
      let stop = min(index + 8, text.count)
      while index < stop {
        defer { index += 1 }
        let byte = text[index]
        let isPlain = byte >= 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x5C
        // C1 controls are written C2 80 to C2 9F.
        let isC1 = byte & 0xE0 == 0x80 && index > 0 && text[index - 1] == 0xC2
        if isPlain || byte >= 0x80 && !isC1 { continue }
        bytes.append(contentsOf: text[run..<(isC1 ? index - 1 : index)])
        run = index + 1
        escape(byte)
      }
    }
    bytes.append(contentsOf: text[run...])
    bytes.append(UInt8(ascii: "\""))
  }

  /// Skips words of eight bytes of ASCII without escapes, from `start` on.
  private static func endOfPlainWords(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int
  ) -> Int {
    let text = UnsafeRawBufferPointer(text)
    var index = start
    while index + 8 <= text.count {
      let word = text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      // The high bit of a byte of each of these is set for a byte below 0x20, 0x22, 0x5C, and 0x7F or above. A bit
      // that is set without need only costs time.
      let control = word &- 0x2020_2020_2020_2020
      let quote = (word ^ 0x2222_2222_2222_2222) &- 0x0101_0101_0101_0101
      let backslash = (word ^ 0x5C5C_5C5C_5C5C_5C5C) &- 0x0101_0101_0101_0101
      let last = word &+ 0x0101_0101_0101_0101
      guard (control | quote | backslash | last | word) & 0x8080_8080_8080_8080 == 0 else { break }
      index += 8
    }
    return index
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case 0x22, 0x5C:
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
    case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
    case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
    default:
      bytes.append(contentsOf: #"\u00"#.utf8)
      bytes.append(contentsOf: Hex.string([byte]).utf8)
    }
  }
}

extension JSONWriter {
  /// Writes a member; nil is `null`.
  package mutating func member(_ name: some StringProtocol, _ value: (some StringProtocol)?) {
    key(name)
    if let value { self.value(value) } else { null() }
  }

  /// Writes a member; nil is `null`.
  package mutating func member(_ name: some StringProtocol, _ value: (some BinaryInteger)?) {
    key(name)
    if let value { self.value(value) } else { null() }
  }

  /// Writes a member; nil is `null`.
  package mutating func member(_ name: some StringProtocol, _ value: ImageSeed?) {
    key(name)
    if let value { self.value(value) } else { null() }
  }

  /// Writes a member; nil is `null`.
  package mutating func member(_ name: some StringProtocol, _ value: Double?) {
    key(name)
    if let value { self.value(value) } else { null() }
  }

  /// Writes a member; nil is `null`.
  package mutating func member(_ name: some StringProtocol, _ value: Bool?) {
    key(name)
    if let value { self.value(value) } else { null() }
  }

  /// Writes a member; nil is `null`.
  package mutating func member(_ name: String, _ text: String?) {
    key(name)
    if let text { value(text) } else { null() }
  }

  /// Writes a member; nil is `null`.
  package mutating func member(_ name: String, _ number: Int64?) {
    key(name)
    if let number { value(number) } else { null() }
  }

  /// Writes a member; nil is `null`.
  package mutating func member(_ name: String, _ number: Int?) {
    key(name)
    if let number { value(number) } else { null() }
  }

  /// Writes a member that is already JSON; nil is `null`.
  package mutating func member(_ name: some StringProtocol, raw json: String?) {
    key(name)
    if let json { raw(json) } else { null() }
  }
}
