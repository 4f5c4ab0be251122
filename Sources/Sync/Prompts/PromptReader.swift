/// The entries of a file of prompts, one at a time.
struct PromptReader {
  private enum Source {
    case text(LineReader)
    case lines(LineReader)
    case table(CSVReader, TableHeader?)
  }

  private var source: Source

  init(_ bytes: ByteReader, format: PromptFormat) {
    source =
      switch format {
      case .text: .text(LineReader(bytes))
      case .lines: .lines(LineReader(bytes))
      case .table: .table(CSVReader(bytes), nil)
      }
  }

  /// The next entry, or nil after the last; lines with nothing in them are passed over.
  mutating func next() throws(PromptFileError) -> PromptEntry? {
    switch source {
    case .text(var reader):
      defer { source = .text(reader) }
      guard let text = try Self.nextLine(&reader) else { return nil }
      return PromptEntry(line: reader.line, prompt: text)
    case .lines(var reader):
      defer { source = .lines(reader) }
      guard let text = try Self.nextLine(&reader) else { return nil }
      return try JSONEntry.read(text, line: reader.line)
    case .table(var reader, var header):
      defer { source = .table(reader, header) }
      if header == nil {
        guard let first = try reader.next() else { return nil }
        header = try TableHeader(first)
      }
      guard let header, let record = try reader.next() else { return nil }
      return try header.entry(record)
    }
  }

  private static func nextLine(_ reader: inout LineReader) throws(PromptFileError) -> String? {
    while let text = try reader.next() {
      if text.contains(where: { !$0.isWhitespace }) { return text }
    }
    return nil
  }
}
