/// Writes comma-separated values in the form of RFC 4180: with CRLF, and with quotation marks if a
/// cell needs them.
///
/// A spreadsheet could run some texts as formulas, such as `=HYPERLINK(…)` in a prompt. They get an
/// apostrophe in front.
package struct CSVWriter: Sendable {
  /// The bytes of the text in UTF-8.
  package private(set) var bytes: [UInt8] = []

  /// The text that was written so far.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Makes a writer without rows.
  package init() {}

  /// Adds a row; nil is an empty cell.
  package mutating func row(_ cells: [String?]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      if let cell { add(cell) }
    }
    bytes += [0x0D, 0x0A]
  }

  /// Removes the text, for the next of many rows.
  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  private mutating func add(_ cell: String) {
    let mustQuote = cell.utf8.contains { byte in
      switch byte {
      case 0x22, 0x2C, 0x0A, 0x0D: true
      default: false
      }
    }
    if mustQuote { bytes.append(0x22) }
    if Self.isFormula(cell) { bytes.append(UInt8(ascii: "'")) }
    for byte in cell.utf8 {
      if byte == 0x22 { bytes.append(byte) }
      bytes.append(byte)
    }
    if mustQuote { bytes.append(0x22) }
  }

  /// Negative numbers also start with a minus, and are not changed.
  private static func isFormula(_ cell: String) -> Bool {
    switch cell.utf8.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D:
      Double(cell) == nil
    default: false
    }
  }
}
