/// Reads the entries of a file of prompts one at a time.
struct PromptReader {
  private enum Source {
    case text(TextLineReader)
    case lines(TextLineReader)
    case array(JSONArrayReader)
    case table(CSVReader, TableHeader?)
  }

  private var source: Source

  /// - Parameter delimiter: What separates the cells of a table.
  init(_ bytes: ByteReader, format: PromptFormat, delimiter: PromptAppearance.Delimiter) {
    source =
      switch format {
      case .text: .text(TextLineReader(bytes))
      case .lines: .lines(TextLineReader(bytes))
      case .array: .array(JSONArrayReader(bytes))
      case .table, .tabs: .table(CSVReader(bytes, delimiter: delimiter.rawValue), nil)
      }
  }

  /// The next entry, or nil after the last.
  ///
  /// Empty lines are skipped. In a text file, lines that start with `#` are comments and are
  /// skipped too, unless a backslash precedes it.
  mutating func next() throws(PromptFileError) -> PromptEntry? {
    switch source {
    case .text(var reader):
      defer { source = .text(reader) }
      while let text = try Self.nextLine(&reader) {
        if text.hasPrefix("#") { continue }
        let prompt = text.hasPrefix("\\#") ? String(text.dropFirst()) : text
        return PromptEntry(line: reader.line, prompt: prompt)
      }
      return nil
    case .lines(var reader):
      defer { source = .lines(reader) }
      guard let text = try Self.nextLine(&reader) else { return nil }
      return try JSONEntry.read(text, line: reader.line)
    case .array(var reader):
      defer { source = .array(reader) }
      guard let element = try reader.next() else { return nil }
      return try JSONEntry.read(element: element.text, line: element.line)
    case .table(var reader, var header):
      defer { source = .table(reader, header) }
      if header == nil {
        guard let first = try reader.nextHeader() else { return nil }
        header = try TableHeader(first)
      }
      guard let header, let record = try reader.next() else { return nil }
      return try header.entry(record)
    }
  }

  private static func nextLine(_ reader: inout TextLineReader) throws(PromptFileError) -> String? {
    while let text = try reader.next() {
      if text.contains(where: { !$0.isWhitespace }) { return text }
    }
    return nil
  }
}
