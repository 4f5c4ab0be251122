import Platform

/// The size of a terminal in cells, and of a cell in pixels.
package struct TerminalSize: Hashable, Sendable {
  package var columns: Int
  package var rows: Int
  /// The size of one cell in pixels.
  ///
  /// If the terminal does not report it, the height is twice the width.
  package var cellWidth = 10
  package var cellHeight = 20

  /// The default for a terminal that reports no size.
  package static let usual = TerminalSize(columns: 80, rows: 24)

  package init(columns: Int, rows: Int, cellWidth: Int = 10, cellHeight: Int = 20) {
    self.columns = columns
    self.rows = rows
    self.cellWidth = cellWidth
    self.cellHeight = cellHeight
  }

  /// The size of the terminal of a descriptor.
  package init(descriptor: Int32) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      self = .usual
      return
    }
    self.init(columns: Int(size.ws_col), rows: Int(size.ws_row))
    let width = Int(size.ws_xpixel) / columns
    let height = Int(size.ws_ypixel) / rows
    // Some terminals report wrong values. Fonts are neither so small nor so large.
    if (4...100).contains(width), (6...200).contains(height) {
      cellWidth = width
      cellHeight = height
    }
  }
}
