import SeedbankModel

/// Prints a list of something other than generations in the requested format, page by page.
struct ListPrinter {
  private let keys: [String]
  private let name: String
  private let format: OutputFormat
  private let session: Session
  private var json = JSONWriter()
  private var csv = CSVWriter()
  private(set) var count = 0

  /// - Parameters:
  ///   - keys: The names of the JSON members, which are also the header of the CSV file.
  ///   - name: The key whose values `--format ids` prints.
  init(keys: [String], name: String, _ format: OutputFormat, _ session: Session) {
    self.keys = keys
    self.name = name
    self.format = format
    self.session = session
  }

  /// Prints some rows.
  ///
  /// `table` is called only if a table is printed.
  mutating func print(_ rows: [[ListReport.Value]], table: () -> String) {
    switch format {
    case .table: session.output.write(table())
    case .json, .jsonl: printJSON(rows)
    case .csv:
      if count == 0 { csv.row(keys) }
      for row in rows { csv.row(row.map(\.text)) }
      printCSV()
    case .ids, .paths:
      let column = keys.firstIndex(of: name) ?? 0
      for row in rows {
        let text = row[column].text ?? ""
        session.output.write((session.terminal.isPresent ? SafeText.line(text) : text) + "\n")
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

  /// An array is on one line.
  private mutating func printJSON(_ rows: [[ListReport.Value]]) {
    for (number, row) in rows.enumerated() {
      json.removeAll()
      write(row)
      if format == .json { session.output.write(count + number == 0 ? "[" : ",") }
      session.output.write(json.bytes)
      if format == .jsonl { session.output.write("\n") }
    }
  }

  private mutating func write(_ row: [ListReport.Value]) {
    json.object { object in
      for (key, value) in zip(keys, row) {
        switch value {
        case .text(let text): object.member(key, text)
        case .number(let number): object.member(key, number)
        }
      }
    }
  }
}
