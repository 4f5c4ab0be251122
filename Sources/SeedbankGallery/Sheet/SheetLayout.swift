/// The measures of a contact sheet, all in pixels.
struct SheetLayout {
  let columns: Int
  let rows: Int
  let cell: Int
  let promptLines: Int
  let margin: Int
  let gap: Int
  let textSize: Int
  let lineHeight: Int
  let headHeight: Int

  /// The maximum number of pixels of a page.
  ///
  /// Each needs three bytes of memory.
  private static let largestPage = 60_000_000

  init(_ options: ContactSheetOptions) {
    columns = min(max(options.columns, 1), 20)
    cell = min(max(options.cell, 64), 1024)
    promptLines = min(max(options.promptLines, 0), 6)
    textSize = max(11, cell / 21)
    lineHeight = textSize * 4 / 3
    gap = max(8, cell / 16)
    margin = gap * 2
    headHeight = lineHeight * 2
    let rowHeight = cell + gap + (promptLines + 1) * lineHeight
    let width = margin * 2 + columns * (cell + gap) - gap
    rows = max(1, min(max(options.rows, 1), 30, Self.largestPage / (width * rowHeight)))
  }

  var captionHeight: Int { gap / 3 + (promptLines + 1) * lineHeight }
  var rowHeight: Int { cell + captionHeight + gap }
  var width: Int { margin * 2 + columns * (cell + gap) - gap }

  /// The maximum height of a page, with images as tall as a cell.
  func height(rows: Int) -> Int { margin * 2 + headHeight + rows * rowHeight - gap }

  /// The position of the first row.
  var top: Int { margin + headHeight }

  /// The left edge of a column.
  func x(_ column: Int) -> Int { margin + column * (cell + gap) }
}
