import SeedbankImaging
import SeedbankStorage

/// Arranges images on pages, each with its id, its seed and its prompt below.
///
/// A page is made in two steps, because its head contains the number of pages.
final class ContactSheetMaker {
  /// A page as a file.
  struct Sheet {
    let path: RelativePath
    let bytes: [UInt8]
  }

  /// An image that waits until its row is full.
  private struct Cell {
    let picture: Pixels
    let item: ExportPlan.Item
  }

  private let options: ContactSheetOptions
  private let layout: SheetLayout
  private let title: String
  private let text: TextEngine
  private var canvas: SheetCanvas
  private var row: [Cell] = []
  private var rows = 0
  /// The position of the next row.
  private var y: Int
  /// Characters in captions that no installed font has.
  private(set) var charactersWithoutFont: Set<Unicode.Scalar> = []

  /// - Throws: `ExportError.noText` if captions cannot be drawn on this computer.
  init(_ options: ContactSheetOptions, title: String) throws(ExportError) {
    self.options = options
    self.title = title
    layout = SheetLayout(options)
    text = try TextEngine()
    canvas = SheetCanvas(width: layout.width, height: layout.height(rows: layout.rows))
    y = layout.top
    noteCharacters(of: title)
  }

  /// Adds an image.
  ///
  /// - Returns: the page without its head as PNG, once it is full.
  func add(_ picture: Pixels, _ item: ExportPlan.Item) throws(ExportError) -> [UInt8]? {
    row.append(Cell(picture: picture.fitted(longSide: layout.cell), item: item))
    if row.count == layout.columns { finishRow() }
    return rows == layout.rows ? try page() : nil
  }

  /// Returns the last page without its head as PNG; nil if it is empty.
  func finish() throws(ExportError) -> [UInt8]? {
    finishRow()
    return rows == 0 ? nil : try page()
  }

  /// Writes the head on a page: the title and `1 of 2`.
  ///
  /// - Parameter page: what `add` or `finish` returned.
  func sheet(_ page: [UInt8], number: Int, of count: Int) throws(ExportError) -> Sheet {
    let ending = options.format == .jpeg ? "jpg" : "png"
    do {
      // A page that this maker encoded can be larger than the files of others may be.
      let limits = DecodeLimits(bytes: .max, pixels: .max)
      let pixels = try Picture.decode(page, limits: limits).upright
      var canvas = SheetCanvas(width: pixels.width, height: pixels.height)
      canvas.put(pixels, x: 0, y: 0)
      let place = "\(number) of \(count)"
      let width = layout.width - 2 * layout.margin
      let placeWidth = Int(text.width(place, size: layout.textSize).rounded(.up)) + layout.gap
      // The page number is always complete, however long the title is.
      let head = wrapping.shortened(title, Double(max(0, width - placeWidth)))
      line(head, x: layout.margin, y: layout.margin, grey: 16, width: width, on: &canvas)
      line(
        place, x: layout.margin + width - placeWidth + layout.gap, y: layout.margin, grey: 96,
        width: placeWidth, on: &canvas)
      guard let whole = canvas.cropped(height: canvas.height) else { throw ImageError.outOfMemory }
      let bytes = try whole.encoded(
        as: options.format == .jpeg ? .jpeg(quality: 90, fullChroma: true) : .png())
      return Sheet(path: ExportLayout.contactSheet(number, ending: ending), bytes: bytes)
    } catch {
      throw .noText(.failed(detail: "the page cannot be encoded"))
    }
  }

  private var wrapping: TextWrapping {
    TextWrapping { self.text.width($0, size: self.layout.textSize) }
  }

  /// Draws the row with the height of its tallest image.
  ///
  /// Each caption is directly below its image.
  private func finishRow() {
    guard let height = row.map(\.picture.height).max() else { return }
    for (column, cell) in row.enumerated() {
      let x = layout.x(column)
      canvas.put(
        cell.picture, x: x + (layout.cell - cell.picture.width) / 2,
        y: y + height - cell.picture.height)
      caption(cell.item, x: x, y: y + height + layout.gap / 3)
    }
    y += height + layout.captionHeight + layout.gap
    rows += 1
    row = []
  }

  private func caption(_ item: ExportPlan.Item, x: Int, y: Int) {
    let seed = item.generation.parameters.seed.map { "  ·  seed \($0)" } ?? ""
    let limit = Double(layout.cell)
    line(
      wrapping.shortened("#\(item.reference)\(seed)", limit), x: x, y: y, grey: 96, on: &canvas)
    let lines = wrapping.lines(item.generation.prompt, limit: limit, lines: layout.promptLines)
    for (index, text) in lines.enumerated() {
      noteCharacters(of: text)
      line(text, x: x, y: y + (index + 1) * layout.lineHeight, grey: 16, on: &canvas)
    }
  }

  private func noteCharacters(of text: String) {
    for scalar in self.text.charactersWithoutFont(in: text) { charactersWithoutFont.insert(scalar) }
  }

  private func line(
    _ words: String, x: Int, y: Int, grey: Int, width: Int? = nil, on canvas: inout SheetCanvas
  ) {
    var strip = TextStrip(width: width ?? layout.cell + layout.gap - 2, height: layout.lineHeight)
    text.draw(words, size: layout.textSize, into: &strip)
    canvas.ink(strip, x: x, y: y, grey: grey)
  }

  private func page() throws(ExportError) -> [UInt8] {
    defer {
      canvas = SheetCanvas(width: layout.width, height: layout.height(rows: layout.rows))
      rows = 0
      y = layout.top
    }
    do {
      guard let pixels = canvas.cropped(height: y - layout.gap + layout.margin) else {
        throw ImageError.outOfMemory
      }
      return try pixels.encoded(as: .png())
    } catch {
      throw .noText(.failed(detail: "the page cannot be encoded"))
    }
  }
}
