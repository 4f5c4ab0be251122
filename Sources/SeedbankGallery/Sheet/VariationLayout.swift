/// The measures of a sheet of variations, all in pixels.
struct VariationLayout {
  let columns: Int
  let rows: Int
  /// The side of the square that an image is fitted into.
  let cell: Int
  let gap: Int
  let margin: Int
  let textSize: Int
  let lineHeight: Int
  /// The width of row labels with the gap after them; 0 without rows.
  let labelWidth: Int
  let headHeight: Int
  let captionLines: Int

  static let largestCell = 320
  static let largestText = largestCell / 20
  private static let smallestCell = 48
  /// The maximum number of pixels.
  ///
  /// Each needs three bytes of memory.
  private static let largestPage = 60_000_000
  /// The limit of WebP.
  private static let longestSide = 16_383

  /// - Parameters:
  ///   - labels: the widest row label for a size of text; nil without rows.
  ///   - headLines: lines above the grid.
  init(
    columns: Int, rows: Int, captionLines: Int, headLines: Int, labels: ((_ textSize: Int) -> Int)?
  ) {
    // The largest cell within the limits of the page.
    var cell = Self.largestCell
    while true {
      let layout = VariationLayout(
        columns: columns, rows: rows, cell: cell, captionLines: captionLines, headLines: headLines,
        labels: labels)
      let isFitting =
        layout.width <= Self.longestSide && layout.height <= Self.longestSide
        && layout.width * layout.height <= Self.largestPage
      if isFitting || cell <= Self.smallestCell {
        self = layout
        return
      }
      cell = max(Self.smallestCell, cell * 7 / 8)
    }
  }

  private init(
    columns: Int, rows: Int, cell: Int, captionLines: Int, headLines: Int,
    labels: ((Int) -> Int)?
  ) {
    self.columns = columns
    self.rows = rows
    self.cell = cell
    self.captionLines = captionLines
    let (size, gap) = (max(11, cell / 20), max(8, cell / 20))
    textSize = size
    lineHeight = size * 4 / 3
    self.gap = gap
    margin = gap * 2
    labelWidth = labels.map { min(max($0(size), 2 * size), cell) + gap } ?? 0
    headHeight = headLines * lineHeight + gap
  }

  var captionHeight: Int { captionLines * lineHeight + gap / 2 }
  var rowHeight: Int { cell + captionHeight + gap }
  var width: Int {
    // The minimum width for the title of a narrow grid.
    max(margin * 2 + labelWidth + columns * (cell + gap) - gap, 40 * textSize)
  }
  var height: Int { margin * 2 + headHeight + rows * rowHeight - gap }

  /// The upper left corner of a cell.
  func origin(row: Int, column: Int) -> (x: Int, y: Int) {
    (margin + labelWidth + column * (cell + gap), margin + headHeight + row * rowHeight)
  }
}
