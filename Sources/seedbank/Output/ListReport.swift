import SeedbankModel
import SeedbankStorage

/// A list of something other than generations, in every format.
struct ListReport {
  /// The content of a cell.
  enum Value {
    case text(String?)
    case number(Int64?)

    var text: String? {
      switch self {
      case .text(let text): text
      case .number(let number): number?.description
      }
    }
  }

  /// The names of the JSON members, which are also the header of the CSV file.
  let keys: [String]
  let rows: [[Value]]
  /// The key whose values `--format ids` prints.
  let name: String

  /// Lists names and how often each is used.
  ///
  /// - Parameters:
  ///   - uses: The heading of the counts.
  ///   - name: The heading of the names.
  static func table(
    uses: String, name: String, _ rows: [(count: Int, name: String)], _ session: Session
  ) -> String {
    var table = TextTable([.init(title: uses, alignment: .right), .init(title: name)])
    table.rows = rows.map { ["\($0.count)", SafeText.line($0.name)] }
    return table.rendered(width: session.terminal.width, style: session.style)
  }

  /// Prints the list.
  ///
  /// `table` is called only if a table is printed. With `nul`, a NUL ends each name of `--format ids`.
  func print(
    _ format: OutputFormat, nul: Bool = false, _ session: Session, table: () -> String
  ) {
    var printer = ListPrinter(keys: keys, name: name, format, nul: nul, session)
    printer.print(rows, table: table)
    printer.finish()
  }
}
