import SeedbankModel

/// Prints a list of something other than generations in the requested format, page by page.
struct ListPrinter {
  private let keys: [String]
  private let name: String
  private let format: OutputFormat
  /// The end of each name in the format `ids`.
  private let end: String
  private let session: Session
  private var json = JSONWriter()
  private var csv = CSVWriter()
  private(set) var count = 0

  /// - Parameters:
  ///   - keys: The names of the JSON members, which are also the header of the CSV file.
  ///   - name: The key whose values `--format ids` prints.
  ///   - nul: Whether a NUL ends each of these values, instead of a line feed.
  init(
    keys: [String], name: String, _ format: OutputFormat, nul: Bool = false, _ session: Session
  ) {
    self.keys = keys
    self.name = name
    self.format = format
    end = nul ? "\0" : "\n"
    self.session = session
  }

  /// Prints some rows.
  ///
  /// `table` is called only if a table is printed.
  mutating func print(_ rows: [[ListReport.Value]], table: () -> String) {
    switch format {
    case .table: session.output.write(table())
    case .json, .jsonl:
      let keys = keys
      return print(json: rows) { Self.write(keys, $0, to: &$1) }
    case .csv:
      if count == 0 { csv.row(keys) }
      for row in rows { csv.row(row.map(\.text)) }
      printCSV()
    case .ids, .paths:
      let column = keys.firstIndex(of: name) ?? 0
      for row in rows {
        let text = row[column].text ?? ""
        session.output.write((session.terminal.isPresent ? SafeText.line(text) : text) + end)
      }
    }
    count += rows.count
  }

  /// Prints the end of the list, after its last rows.
  mutating func finish() {
    if format == .json { session.output.write(count == 0 ? "[]\n" : "]\n") }
    if format == .csv, count == 0 {
      csv.row(keys)
      printCSV()
    }
  }

  private mutating func printCSV() {
    session.output.write(session.terminal.isPresent ? SafeText.lines(csv.text) : csv.text)
    csv.removeAll()
  }

  /// Prints some values as elements of one JSON array, or as one JSON value on each line.
  ///
  /// The array is on one line.
  mutating func print<Value>(json values: [Value], _ write: (Value, inout JSONWriter) -> Void) {
    for value in values {
      json.removeAll()
      write(value, &json)
      if format == .json { session.output.write(count == 0 ? "[" : ",") }
      session.output.write(json.bytes)
      if format == .jsonl { session.output.write("\n") }
      count += 1
    }
  }

  private static func write(
    _ keys: [String], _ row: [ListReport.Value], to writer: inout JSONWriter
  ) {
    writer.object { object in
      for (key, value) in zip(keys, row) {
        switch value {
        case .text(let text): object.member(key, text)
        case .number(let number): object.member(key, number)
        }
      }
    }
  }
}
