import Glibc

/// How large a terminal is, in cells, and how large a cell is.
struct TerminalSize: Hashable, Sendable {
  var columns: Int
  var rows: Int
  /// Pixels of one cell; many terminals don't say, and then it is twice as high as wide.
  var cellWidth = 10
  var cellHeight = 20

  /// What stands in for a terminal that says nothing at all.
  static let usual = TerminalSize(columns: 80, rows: 24)

  init(columns: Int, rows: Int, cellWidth: Int = 10, cellHeight: Int = 20) {
    self.columns = columns
    self.rows = rows
    self.cellWidth = cellWidth
    self.cellHeight = cellHeight
  }

  /// Of the terminal behind a descriptor.
  init(descriptor: Int32) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      self = .usual
      return
    }
    self.init(columns: Int(size.ws_col), rows: Int(size.ws_row))
    let width = Int(size.ws_xpixel) / columns
    let height = Int(size.ws_ypixel) / rows
    // Some terminals fill these fields with something else; no font is that small or that large.
    if (4...100).contains(width), (6...200).contains(height) {
      cellWidth = width
      cellHeight = height
    }
  }
}
