import SeedbankImaging

/// Draws a sheet of variations, from its title to the last caption.
final class VariationPainter {
  private let sheet: VariationSheet
  private let text: TextEngine
  let layout: VariationLayout
  private let wrapping: (_ size: Int) -> TextWrapping
  private var canvas: SheetCanvas

  /// The number of lines for labels of columns: one if all are short, three for prompts.
  private let labelLines: Int
  private static let subtitleLines = 2
  private static let black = 16
  private static let grey = 96

  init(_ sheet: VariationSheet, text: TextEngine) {
    self.sheet = sheet
    self.text = text
    wrapping = { size in TextWrapping { text.width($0, size: size) } }
    let isShort = sheet.columns.values.allSatisfy {
      text.width($0, size: VariationLayout.largestText) <= Double(VariationLayout.largestCell)
    }
    labelLines = isShort ? 1 : 3
    let count = sheet.columns.values.count
    let head = 1 + Self.subtitleLines
    if let rows = sheet.rows {
      let words = rows.values + [rows.name]
      layout = VariationLayout(
        columns: count, rows: rows.values.count, captionLines: 1,
        headLines: head + 1 + labelLines
      ) { size in words.map { Int(text.width($0, size: size).rounded(.up)) }.max() ?? 0 }
    } else {
      let columns = Self.columns(of: count)
      layout = VariationLayout(
        columns: columns, rows: (count + columns - 1) / columns, captionLines: 2,
        headLines: head, labels: nil)
    }
    canvas = SheetCanvas(width: layout.width, height: layout.height)
  }

  /// One row for a few images, otherwise about four columns for three rows.
  private static func columns(of count: Int) -> Int {
    if count <= 6 { return max(count, 1) }
    return Int((Double(count) * 4 / 3).squareRoot().rounded(.up))
  }

  func page() -> Pixels? {
    drawHead()
    if let rows = sheet.rows { drawLabels(rows) }
    for (index, cell) in sheet.cells.enumerated() where index / layout.columns < layout.rows {
      let origin = layout.origin(row: index / layout.columns, column: index % layout.columns)
      draw(cell.content, x: origin.x, y: origin.y)
      let lines = sheet.rows == nil ? [value(index), cell.caption] : [cell.caption]
      for (number, words) in lines.enumerated() {
        let y = origin.y + layout.cell + layout.gap / 2 + number * layout.lineHeight
        let ink = number == lines.count - 1 ? Self.grey : Self.black
        draw(words, x: origin.x, y: y, width: layout.cell, ink: ink)
      }
    }
    return canvas.cropped(height: layout.height)
  }

  private func value(_ index: Int) -> String {
    guard index < sheet.columns.values.count else { return "" }
    return "\(sheet.columns.name) \(sheet.columns.values[index])"
  }

  private func drawHead() {
    let room = layout.width - 2 * layout.margin
    draw(sheet.title, x: layout.margin, y: layout.margin, width: room, ink: Self.black)
    let lines = wrapping(layout.textSize)
      .lines(sheet.subtitle, limit: Double(room), lines: Self.subtitleLines)
    for (index, words) in lines.enumerated() {
      let y = layout.margin + (index + 1) * layout.lineHeight
      draw(words, x: layout.margin, y: y, width: room, ink: Self.grey)
    }
  }

  /// The names of both axes, with values above the columns and beside the rows.
  private func drawLabels(_ rows: VariationSheet.Axis) {
    let first = layout.origin(row: 0, column: 0)
    let top = first.y - layout.gap - labelLines * layout.lineHeight
    draw(
      sheet.columns.name, x: first.x, y: top - layout.lineHeight, width: layout.cell, ink: Self.grey
    )
    for (column, words) in sheet.columns.values.enumerated() {
      let lines = wrapping(layout.textSize)
        .lines(words, limit: Double(layout.cell), lines: labelLines)
      // Aligned at the bottom, so that labels are close to their images.
      let y = top + (labelLines - lines.count) * layout.lineHeight + layout.gap / 2
      for (number, line) in lines.enumerated() {
        draw(
          line, x: layout.origin(row: 0, column: column).x, y: y + number * layout.lineHeight,
          width: layout.cell, ink: Self.black)
      }
    }
    let width = layout.labelWidth - layout.gap
    let nameY = first.y - layout.gap / 2 - layout.lineHeight
    draw(rows.name, x: layout.margin, y: nameY, width: width, ink: Self.grey)
    for (row, words) in rows.values.enumerated() {
      let lines = wrapping(layout.textSize)
        .lines(words, limit: Double(width), lines: max(1, layout.cell / layout.lineHeight))
      let y = layout.origin(row: row, column: 0).y
      for (number, line) in lines.enumerated() {
        draw(
          line, x: layout.margin, y: y + number * layout.lineHeight, width: width, ink: Self.black)
      }
    }
  }

  private func draw(_ content: VariationSheet.Cell.Content, x: Int, y: Int) {
    switch content {
    case .picture(let path):
      do {
        let picture = try Picture.decode(contentsOf: path, atLeast: layout.cell).upright
          .fitted(longSide: layout.cell)
        canvas.put(
          picture, x: x + (layout.cell - picture.width) / 2,
          y: y + (layout.cell - picture.height) / 2)
      } catch {
        draw(.reason("its file cannot be read"), x: x, y: y)
      }
    case .reason(let words):
      let side = layout.cell
      if let box = Pixels(
        width: side, height: side, layout: .rgb,
        bytes: [UInt8](repeating: 232, count: side * side * 3))
      {
        canvas.put(box, x: x, y: y)
      }
      let inner = side - 2 * layout.gap
      let lines = wrapping(layout.textSize)
        .lines(words, limit: Double(inner), lines: max(1, inner / layout.lineHeight))
      let top = y + (side - lines.count * layout.lineHeight) / 2
      for (number, line) in lines.enumerated() {
        draw(
          line, x: x + layout.gap, y: top + number * layout.lineHeight, width: inner,
          ink: Self.grey)
      }
    }
  }

  /// One line, cut if it is too long.
  private func draw(_ words: String, x: Int, y: Int, width: Int, ink: Int) {
    let line = wrapping(layout.textSize).shortened(words, Double(width))
    var strip = TextStrip(width: width + layout.gap, height: layout.lineHeight)
    text.draw(line, size: layout.textSize, into: &strip)
    canvas.ink(strip, x: x, y: y, grey: ink)
  }
}
