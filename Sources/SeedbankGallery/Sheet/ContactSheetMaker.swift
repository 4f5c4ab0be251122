import SeedbankImaging
import SeedbankStorage

/// Lays pictures out on pages, each with its number, its seed and its prompt below.
final class ContactSheetMaker {
  /// A page as a file.
  struct Sheet {
    let path: RelativePath
    let bytes: [UInt8]
  }

  private let options: ContactSheetOptions
  private let layout: SheetLayout
  private let title: String
  private let text: TextEngine
  private var canvas: SheetCanvas
  private var used = 0
  private var number = 1

  /// - Throws: `ExportError.noText` where captions can't be drawn on this machine.
  init(_ options: ContactSheetOptions, title: String) throws(ExportError) {
    self.options = options
    self.title = title
    layout = SheetLayout(options)
    text = try TextEngine()
    canvas = SheetCanvas(width: layout.width, height: layout.height(rows: layout.rows))
  }

  /// Adds a picture.
  ///
  /// - Returns: the page, once it is full.
  func add(_ picture: Pixels, _ item: ExportPlan.Item) throws(ExportError) -> Sheet? {
    let origin = layout.origin(used)
    let small = picture.fitted(longSide: layout.cell)
    canvas.put(
      small, x: origin.x + (layout.cell - small.width) / 2,
      y: origin.y + (layout.cell - small.height) / 2)
    caption(item, x: origin.x, y: origin.y + layout.cell + layout.gap / 3)
    used += 1
    return used == layout.columns * layout.rows ? try page() : nil
  }

  /// - Returns: the last page, where it holds anything.
  func finish() throws(ExportError) -> Sheet? { used == 0 ? nil : try page() }

  private func caption(_ item: ExportPlan.Item, x: Int, y: Int) {
    let seed = item.generation.parameters.seed.map { "  ·  seed \($0)" } ?? ""
    let limit = Double(layout.cell)
    let wrapping = TextWrapping { self.text.width($0, size: self.layout.textSize) }
    line(wrapping.shortened("#\(item.reference)\(seed)", limit), x: x, y: y, grey: 96)
    let lines = wrapping.lines(item.generation.prompt, limit: limit, lines: layout.promptLines)
    for (index, text) in lines.enumerated() {
      line(text, x: x, y: y + (index + 1) * layout.lineHeight, grey: 16)
    }
  }

  private func line(_ words: String, x: Int, y: Int, grey: Int, width: Int? = nil) {
    var strip = TextStrip(width: width ?? layout.cell + layout.gap - 2, height: layout.lineHeight)
    text.draw(words, size: layout.textSize, into: &strip)
    canvas.ink(strip, x: x, y: y, grey: grey)
  }

  private func page() throws(ExportError) -> Sheet {
    let room = layout.width - 2 * layout.margin
    let wrapping = TextWrapping { self.text.width($0, size: self.layout.textSize) }
    let head = wrapping.shortened("\(title)  ·  \(number)", Double(room))
    line(head, x: layout.margin, y: layout.margin, grey: 16, width: room)
    let rows = (used + layout.columns - 1) / layout.columns
    let sheet = try encoded(height: layout.height(rows: rows))
    canvas = SheetCanvas(width: layout.width, height: layout.height(rows: layout.rows))
    used = 0
    number += 1
    return sheet
  }

  private func encoded(height: Int) throws(ExportError) -> Sheet {
    let ending = options.format == .jpeg ? "jpg" : "png"
    let path = ExportLayout.contactSheet(number, ending: ending)
    do {
      guard let pixels = canvas.cropped(height: height) else { throw ImageError.outOfMemory }
      let bytes = try pixels.encoded(
        as: options.format == .jpeg ? .jpeg(quality: 90, fullChroma: true) : .png())
      return Sheet(path: path, bytes: bytes)
    } catch {
      throw .noText(.failed(detail: "the page can't be encoded"))
    }
  }
}
