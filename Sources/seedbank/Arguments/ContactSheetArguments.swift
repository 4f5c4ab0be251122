import ArgumentParser
import SeedbankGallery

/// The options of contact sheets.
struct ContactSheetArguments: ParsableArguments {
  @Flag(help: "Write contact sheets: small images with id, seed and prompt.")
  var contactSheet = false

  @Option(help: "Images in each row of a contact sheet, 1 to 20 (default: 5).")
  var sheetColumns: Int?

  @Option(help: "Rows on a contact sheet, 1 to 30 (default: 6).")
  var sheetRows: Int?

  @Option(help: "Size of each image on a contact sheet in pixels, 64 to 1024 (default: 320).")
  var sheetCell: Int?

  @Option(help: "Format of contact sheets (default: jpeg).")
  var sheetFormat: ContactSheetOptions.Format?

  func validateTogether() throws {
    try Self.check("--sheet-columns", sheetColumns, 1...20)
    try Self.check("--sheet-rows", sheetRows, 1...30)
    try Self.check("--sheet-cell", sheetCell, 64...1024)
    let isShaped = sheetColumns != nil || sheetRows != nil || sheetCell != nil || sheetFormat != nil
    if isShaped, !contactSheet { throw ValidationError("--sheet-… needs --contact-sheet") }
  }

  private static func check(_ name: String, _ value: Int?, _ range: ClosedRange<Int>) throws {
    guard let value, !range.contains(value) else { return }
    throw ValidationError(
      "\(name) must be a number from \(range.lowerBound) to \(range.upperBound)")
  }

  /// Nil without contact sheets.
  var options: ContactSheetOptions? {
    guard contactSheet else { return nil }
    var options = ContactSheetOptions()
    options.columns = sheetColumns ?? options.columns
    options.rows = sheetRows ?? options.rows
    options.cell = sheetCell ?? options.cell
    options.format = sheetFormat ?? options.format
    return options
  }
}
