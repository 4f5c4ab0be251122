import ArgumentParser
import SeedbankGallery

/// The options of contact sheets.
struct ContactSheetArguments: ParsableArguments {
  @Flag(help: "Write contact sheets: small images with id, seed and prompt.")
  var contactSheet = false

  @Option(help: "Images in each row of a contact sheet, 1 to 20.")
  var sheetColumns: Int?

  @Option(help: "Rows on a contact sheet, 1 to 30.")
  var sheetRows: Int?

  @Option(help: "Size of each image on a contact sheet in pixels, 64 to 1024.")
  var sheetCell: Int?

  @Option(help: "Format of contact sheets: jpeg or png.")
  var sheetFormat: ContactSheetOptions.Format?

  func validateTogether() throws {
    let numbers = [
      ("--sheet-columns", sheetColumns, 1...20), ("--sheet-rows", sheetRows, 1...30),
      ("--sheet-cell", sheetCell, 64...1024),
    ]
    for (name, value, range) in numbers {
      guard let value, !range.contains(value) else { continue }
      throw ValidationError(
        "\(name) must be a number from \(range.lowerBound) to \(range.upperBound)")
    }
    let isShaped = sheetFormat != nil || numbers.contains { $0.1 != nil }
    if isShaped, !contactSheet { throw ValidationError("--sheet-… needs --contact-sheet") }
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
