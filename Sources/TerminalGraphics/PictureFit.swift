/// The size of an image on a terminal in cells, and the size in pixels at which it is sent.
struct PictureFit: Hashable, Sendable {
  let columns: Int
  let width: Int
  let height: Int

  /// - Parameters:
  ///   - width: of the image, in pixels, like `height`.
  ///   - indent: free columns before it.
  init(
    width: Int, height: Int, on terminal: TerminalSize, as how: PictureProtocol, indent: Int,
    limit: PictureHeight = .large
  ) {
    let columns = min(max(terminal.columns - 2 * indent, 1), 60)
    switch how {
    case .kitty, .iTerm2, .sixel:
      // A large image has half of the screen, so that the text stays visible.
      let rows = limit.rows(of: terminal) ?? min(max(terminal.rows / 2, 6), 20)
      let scale = min(
        1, Double(columns * terminal.cellWidth) / Double(width),
        Double(rows * terminal.cellHeight) / Double(height))
      self.width = Self.scaled(width, scale)
      self.height = Self.scaled(height, scale)
      self.columns = (self.width + terminal.cellWidth - 1) / terminal.cellWidth
    case .halfBlocks:
      // If a cell has only two pixels, all rows are used.
      let rows = limit.rows(of: terminal) ?? min(max(terminal.rows - 4, 6), 24)
      let across = Double(terminal.cellWidth)
      let down = Double(terminal.cellHeight) / 2
      let scale = min(
        Double(columns) * across / Double(width), Double(rows * 2) * down / Double(height))
      self.width = min(max(Self.scaled(width, scale / across), 1), columns)
      self.height = min(max(Self.scaled(height, scale / down), 1), rows * 2)
      self.columns = self.width
    }
  }

  private static func scaled(_ side: Int, _ scale: Double) -> Int {
    max(Int((Double(side) * scale).rounded()), 1)
  }
}

/// The maximum share of the height of the screen.
package enum PictureHeight: Hashable, Sendable {
  case third
  case large
  case rows(Int)

  /// Nil for the protocol's own size of a large image.
  fileprivate func rows(of terminal: TerminalSize) -> Int? {
    switch self {
    case .third: max(terminal.rows / 3, 4)
    case .rows(let rows): rows
    case .large: nil
    }
  }
}
