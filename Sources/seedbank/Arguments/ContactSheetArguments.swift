import ArgumentParser
import SeedbankGallery

/// Whether contact sheets are made, and how they look.
struct ContactSheetArguments: ParsableArguments {
  @Flag(help: "Write pages of small pictures with id, seed and prompt below each.")
  var contactSheet = false

  @Option(help: "Pictures side by side on a page, 1 to 20.")
  var sheetColumns: Int?

  @Option(help: "Rows on a page, 1 to 30.")
  var sheetRows: Int?

  @Option(help: "The side of a picture on a page in pixels, 64 to 1024.")
  var sheetCell: Int?

  @Option(help: "The pages' format: jpeg or png.")
  var sheetFormat: ContactSheetOptions.Format?

  func validateTogether() throws {
    let numbers = [
      ("--sheet-columns", sheetColumns, 1...20), ("--sheet-rows", sheetRows, 1...30),
      ("--sheet-cell", sheetCell, 64...1024),
    ]
    for (name, value, range) in numbers {
      guard let value, !range.contains(value) else { continue }
      throw ValidationError("\(name) is a number from \(range.lowerBound) to \(range.upperBound)")
    }
    let isShaped = sheetFormat != nil || numbers.contains { $0.1 != nil }
    if isShaped, !contactSheet { throw ValidationError("--sheet-… goes with --contact-sheet") }
  }

  /// Nil where none are wanted.
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
