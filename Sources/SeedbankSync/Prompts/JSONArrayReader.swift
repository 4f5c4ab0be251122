/// Reads the elements of a JSON array one at a time, so that a file of any length needs little memory.
struct JSONArrayReader {
  private var bytes: ByteReader
  /// The number of the line with the next byte.
  private var line = 1
  private var state = State.start

  private enum State {
    case start
    /// After the opening bracket.
    case first
    /// After an element.
    case next
    case end
  }

  init(_ bytes: ByteReader) { self.bytes = bytes }

  /// The JSON text of the next element and the number of its first line, or nil after the last.
  mutating func next() throws(PromptFileError) -> (text: String, line: Int)? {
    if state == .start {
      try skipMark()
      guard try skipSpace() != nil else {
        state = .end
        return nil
      }
      guard try take() == UInt8(ascii: "[") else { throw fault() }
      state = .first
    }
    guard state != .end else { return nil }
    var byte = try skipSpace()
    if byte == UInt8(ascii: "]") { return try finish() }
    if state == .next {
      guard byte == UInt8(ascii: ",") else { throw fault() }
      _ = try take()
      byte = try skipSpace()
    }
    state = .next
    let start = line
    let element = try element(from: start)
    guard !element.isEmpty else { throw fault() }
    return (try String(checking: element, line: start), start)
  }

  private mutating func finish() throws(PromptFileError) -> (text: String, line: Int)? {
    _ = try take()
    guard try skipSpace() == nil else { throw fault() }
    state = .end
    return nil
  }

  /// Reads up to the comma or bracket that ends it, which stays unread.
  private mutating func element(from start: Int) throws(PromptFileError) -> [UInt8] {
    var element: [UInt8] = []
    var depth = 0
    var isQuoted = false
    var isEscaped = false
    while let byte = try bytes.peek() {
      if isQuoted {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isQuoted = false
        }
      } else {
        switch byte {
        case UInt8(ascii: "\""): isQuoted = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: ",") where depth == 0, UInt8(ascii: "]") where depth == 0: return element
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
      }
      guard depth >= 0 else { throw fault() }
      guard element.count < TextLineReader.longest else {
        throw PromptFileError(line: start, .lineTooLong(limit: TextLineReader.longest))
      }
      element.append(byte)
      _ = try take()
    }
    // The array is not closed.
    throw PromptFileError(line: start, .notJSON)
  }

  private func fault() -> PromptFileError { PromptFileError(line: line, .notJSON) }

  private mutating func take() throws(PromptFileError) -> UInt8? {
    let byte = try bytes.next()
    if byte == UInt8(ascii: "\n") { line += 1 }
    return byte
  }

  /// The next byte that is not white space.
  ///
  /// It stays unread.
  private mutating func skipSpace() throws(PromptFileError) -> UInt8? {
    while let byte = try bytes.peek() {
      guard [0x20, 0x09, 0x0A, 0x0D].contains(byte) else { return byte }
      _ = try take()
    }
    return nil
  }

  private mutating func skipMark() throws(PromptFileError) {
    guard try bytes.peek() == ByteOrderMark.bytes[0] else { return }
    for expected in ByteOrderMark.bytes {
      guard try bytes.next() == expected else { throw PromptFileError(line: 1, .notUTF8) }
    }
  }
}
