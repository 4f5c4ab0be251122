/// The lines of a text, without their ends (LF, CRLF or CR) and without a byte order mark.
struct TextLineReader {
  /// The longest line or record, in bytes: far more than any prompt.
  static let longest = 1 << 20

  private var bytes: ByteReader
  private(set) var line = 0

  init(_ bytes: ByteReader) { self.bytes = bytes }

  /// The next line, or nil after the last.
  mutating func next() throws(PromptFileError) -> String? {
    guard try bytes.peek() != nil else { return nil }
    line += 1
    var content: [UInt8] = []
    while let byte = try bytes.next(), byte != UInt8(ascii: "\n") {
      if byte == UInt8(ascii: "\r") {
        if try bytes.peek() == UInt8(ascii: "\n") { _ = try bytes.next() }
        break
      }
      guard content.count < Self.longest else {
        throw PromptFileError(line: line, .lineTooLong(limit: Self.longest))
      }
      content.append(byte)
    }
    if line == 1, content.starts(with: ByteOrderMark.bytes) { content.removeFirst(3) }
    return try String(checking: content, line: line)
  }
}

/// U+FEFF in UTF-8, which some editors and spreadsheets write at the start.
enum ByteOrderMark {
  static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Whether the text begins with U+FEFF in UTF-16 instead.
  static func isUTF16(_ text: [UInt8]) -> Bool {
    text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF])
  }
}

extension String {
  /// The text of the bytes.
  ///
  /// Bytes that are not UTF-8 are refused, never repaired.
  init(checking bytes: [UInt8], line: Int) throws(PromptFileError) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw PromptFileError(line: line, .notUTF8)
    }
    self = text
  }
}
