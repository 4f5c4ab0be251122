import FilePaths
import Foundation
import SeedbankImaging
import Testing

@testable import SeedbankGallery

@Suite("Sheets of variations") struct VariationSheetTests {
  private static func sheet(
    rows: [String]?, columns: [String], _ content: VariationSheet.Cell.Content = .reason("refused")
  ) -> VariationSheet {
    let count = columns.count * (rows?.count ?? 1)
    return VariationSheet(
      title: "Made again", subtitle: "a cat, 猫", rows: rows.map { .init(name: "size", values: $0) },
      columns: .init(name: "seed", values: columns),
      cells: (0..<count).map { .init(content, caption: "#\($0)") })
  }

  private static func darkest(_ page: Pixels, x: Range<Int>, y: Range<Int>) -> UInt8 {
    var darkest: UInt8 = 255
    for row in y {
      for column in x { darkest = min(darkest, page.bytes[(row * page.width + column) * 3]) }
    }
    return darkest
  }

  @Test("every column and row has a label, and a cell without an image shows the reason")
  func labels() throws {
    let sheet = Self.sheet(rows: ["512x512", "1K"], columns: ["1", "2", "3"])
    let page = try sheet.render()
    let layout = VariationPainter(sheet, text: try TextEngine()).layout
    for column in 0..<3 {
      let top = layout.origin(row: 0, column: column)
      let label = top.y - layout.gap / 2 - layout.lineHeight..<top.y
      #expect(Self.darkest(page, x: top.x..<top.x + 40, y: label) < 128)
      for row in 0..<2 {
        let cell = layout.origin(row: row, column: column)
        let middle = cell.y + layout.cell / 2
        let inside = cell.x + layout.gap..<cell.x + layout.cell - layout.gap
        #expect(Self.darkest(page, x: inside, y: middle - 20..<middle + 20) < 160)
        let below = cell.y + layout.cell..<cell.y + layout.cell + layout.captionHeight
        #expect(Self.darkest(page, x: cell.x..<cell.x + 60, y: below) < 160)
      }
    }
    for row in 0..<2 {
      let y = layout.origin(row: row, column: 0).y
      let beside = layout.margin..<layout.margin + layout.labelWidth - layout.gap
      #expect(Self.darkest(page, x: beside, y: y..<y + layout.lineHeight) < 128)
    }
  }

  @Test("images fill their cells, and an unreadable one is reported")
  func pictures() throws {
    let folder = FileManager.default.temporaryDirectory
    let path = folder.appendingPathComponent("\(UUID().uuidString).png").path
    let red = Pixels(
      width: 700, height: 350, layout: .rgb,
      bytes: (0..<700 * 350).flatMap { _ in [200, 10, 10] as [UInt8] })
    try Data(#require(red).encoded(as: .png())).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    for (content, expected) in [
      (VariationSheet.Cell.Content.picture(FilePath(path)), [200, 10, 10] as [UInt8]),
      (.picture(FilePath(path + ".gone")), [232, 232, 232]),
    ] {
      let sheet = Self.sheet(rows: nil, columns: ["1", "2"], content)
      let page = try sheet.render()
      let layout = VariationPainter(sheet, text: try TextEngine()).layout
      let cell = layout.origin(row: 0, column: 1)
      let at = ((cell.y + layout.cell / 3) * page.width + cell.x + 3) * 3
      #expect(Array(page.bytes[at..<at + 3]) == expected)
    }
  }

  @Test("a grid of any size is within the limits of memory and formats", arguments: [1, 7, 100])
  func bounds(side: Int) {
    for rows in [1, 30, 100] {
      let layout = VariationLayout(
        columns: side, rows: rows, captionLines: 1, headLines: 7, labels: { 20 * $0 })
      #expect(layout.width <= 16_383 && layout.height <= 16_383)
      #expect(layout.width * layout.height <= 60_000_000)
      let last = layout.origin(row: rows - 1, column: side - 1)
      #expect(last.x + layout.cell <= layout.width && last.y + layout.cell <= layout.height)
    }
  }
}
