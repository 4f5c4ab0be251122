/// Reads the records of a table as in RFC 4180, with commas or another separator.
///
/// Quoted cells can contain separators, doubled quotes and line ends. LF, CRLF and CR end a record.
struct CSVReader {
  private var bytes: ByteReader
  /// The number of the line with the next byte.
  private var line = 1
  private var isFirst = true
  private let delimiter: UInt8

  init(_ bytes: ByteReader, delimiter: UInt8 = UInt8(ascii: ",")) {
    self.bytes = bytes
    self.delimiter = delimiter
  }

  struct Record: Equatable {
    /// Where it begins.
    let line: Int
    let cells: [String]
  }

  /// The first record, after the line `sep=;` in which spreadsheets write the separator.
  mutating func nextHeader() throws(PromptFileError) -> Record? {
    guard let record = try next() else { return nil }
    return record.cells[0].lowercased().hasPrefix("sep=") ? try next() : record
  }

  /// The next record that is not an empty line, or nil after the last.
  mutating func next() throws(PromptFileError) -> Record? {
    while try bytes.peek() != nil {
      if isFirst { try skipMark() }
      let start = line
      let cells = try record(from: start)
      if cells != [""] { return Record(line: start, cells: cells) }
    }
    return nil
  }

  private mutating func skipMark() throws(PromptFileError) {
    isFirst = false
    guard try bytes.peek() == ByteOrderMark.bytes[0] else { return }
    for expected in ByteOrderMark.bytes {
      guard try bytes.next() == expected else { throw PromptFileError(line: 1, .notUTF8) }
    }
  }

  private mutating func record(from start: Int) throws(PromptFileError) -> [String] {
    var cells: [String] = []
    var size = 0
    while true {
      let quoted = try bytes.peek() == UInt8(ascii: "\"")
      let cell = quoted ? try quotedCell(from: start, &size) : try plainCell(from: start, &size)
      cells.append(try String(checking: cell, line: start))
      switch try bytes.next() {
      case delimiter: continue
      case UInt8(ascii: "\r"):
        if try bytes.peek() == UInt8(ascii: "\n") { _ = try bytes.next() }
        line += 1
        return cells
      case UInt8(ascii: "\n"):
        line += 1
        return cells
      case nil: return cells
      default: throw PromptFileError(line: start, .badQuoting)
      }
    }
  }

  /// Reads up to the separator or line end, which stays unread.
  private mutating func plainCell(
    from start: Int, _ size: inout Int
  ) throws(PromptFileError) -> [UInt8] {
    var cell: [UInt8] = []
    while let byte = try bytes.peek(), !endsCell(byte) {
      try append(byte, to: &cell, &size, start)
      _ = try bytes.next()
    }
    return cell
  }

  /// Reads from the opening quote to the end of the closing one.
  private mutating func quotedCell(
    from start: Int, _ size: inout Int
  ) throws(PromptFileError) -> [UInt8] {
    var cell: [UInt8] = []
    _ = try bytes.next()
    while let byte = try bytes.next() {
      if byte == UInt8(ascii: "\"") {
        guard try bytes.peek() == UInt8(ascii: "\"") else { return cell }
        _ = try bytes.next()
      }
      if byte == UInt8(ascii: "\n") { line += 1 }
      try append(byte, to: &cell, &size, start)
    }
    throw PromptFileError(line: start, .badQuoting)
  }

  private func append(
    _ byte: UInt8, to cell: inout [UInt8], _ size: inout Int, _ start: Int
  ) throws(PromptFileError) {
    guard size < TextLineReader.longest else {
      throw PromptFileError(line: start, .lineTooLong(limit: TextLineReader.longest))
    }
    size += 1
    cell.append(byte)
  }

  private func endsCell(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}
