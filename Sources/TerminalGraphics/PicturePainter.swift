package import FilePaths
package import SeedbankImaging

/// Shows image files on one terminal.
package struct PicturePainter: Sendable {
  package let how: PictureProtocol
  package let size: TerminalSize
  package let height: PictureHeight

  /// Makes a painter for a terminal of a size.
  package init(how: PictureProtocol, size: TerminalSize, height: PictureHeight = .large) {
    self.how = how
    self.size = size
    self.height = height
  }

  /// Whether a pager passes on such images.
  ///
  /// Only images of characters are passed on.
  package var isText: Bool { if case .halfBlocks = how { true } else { false } }

  /// The image of a file as text for the terminal, without a line feed at its end.
  /// - Throws: `ImageError` if the file is missing, damaged or too large.
  package func text(ofFile path: FilePath, indent: Int) throws(ImageError) -> String {
    // Twice the shown size, so that a JPEG is decoded at a fraction of its size.
    let box = max(size.columns * size.cellWidth, size.rows * size.cellHeight)
    return try text(Picture.decode(contentsOf: path, atLeast: 2 * box).upright, indent: indent)
  }

  func text(_ pixels: Pixels, indent: Int) throws(ImageError) -> String {
    let fit = PictureFit(
      width: pixels.width, height: pixels.height, on: size, as: how, indent: indent,
      limit: height)
    let small = pixels.overWhite().resized(toWidth: fit.width, height: fit.height)
    let margin = String(repeating: " ", count: indent)
    switch how {
    case .kitty: return margin + (try Kitty.text(small, columns: fit.columns))
    case .iTerm2: return margin + (try ITerm2.text(small, columns: fit.columns))
    case .sixel: return margin + Sixel.text(small)
    case .halfBlocks(let depth):
      return HalfBlocks.lines(small, depth: depth).map { margin + $0 }.joined(separator: "\n")
    }
  }
}
