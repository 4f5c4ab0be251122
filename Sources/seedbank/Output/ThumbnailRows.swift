import SeedbankModel
import SeedbankStorage
import TerminalGraphics

/// Images below the lines of a table.
struct ThumbnailRows {
  let painter: PicturePainter
  let folder: LibraryFolder

  /// The height of a small image in rows of the terminal.
  static let height = 6

  /// The output for a generation's first image, or an empty text if it has none.
  func text(_ generation: Generation) -> String {
    guard let image = generation.images.first, image.isDecoded, image.place != .missing,
      let text = try? painter.text(ofFile: folder.shownFile(of: image), indent: 2)
    else { return "" }
    return text + "\n"
  }
}
