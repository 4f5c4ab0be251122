import FilePaths
import SeedbankImaging
import SeedbankStorage
import Testing

@testable import SeedbankGallery

@Suite("Contact sheets") struct ContactSheetTests {
  @Test("pages of pictures with their captions", arguments: ContactSheetOptions.Format.allCases)
  func pages(format: ContactSheetOptions.Format) async throws {
    let test = try TestLibrary()
    let prompts = ["A cat, in a hat", "一只戴着帽子的猫坐在窗边，水彩画", "قطة تجلس على السطح", "\u{10FFFE}?"]
    for index in 0..<7 { try test.add(prompts[index % 4], seed: Int64(index)) }
    let options = test.options {
      var sheet = ContactSheetOptions()
      sheet.format = format
      sheet.columns = 2
      sheet.rows = 2
      $0.contactSheet = sheet
    }
    let report: ExportReport
    do {
      report = try await test.export(options)
    } catch ExportError.noText {
      return
    }
    let ending = format == .jpeg ? "jpg" : "png"
    #expect(
      report.sheets
        == ["001", "002"].map {
          FilePath("\(test.root)/out/contact-sheet-\($0).\(ending)")
        })
    let layout = SheetLayout(options.contactSheet ?? ContactSheetOptions())
    let page = try Picture.decode(contentsOf: report.sheets[0]).upright
    #expect(page.width == layout.width && page.height == layout.height(rows: 2))
    // Ink stands below every picture.
    for cell in 0..<4 {
      let origin = layout.origin(cell)
      #expect(darkest(page, x: origin.x, y: origin.y + layout.cell + layout.gap / 3, layout) < 128)
    }
    #expect(try await test.export(options).bytes == 0)
  }

  private func darkest(_ page: Pixels, x: Int, y: Int, _ layout: SheetLayout) -> UInt8 {
    var darkest: UInt8 = 255
    for row in y..<y + layout.lineHeight * 2 {
      for column in x..<x + layout.cell {
        darkest = min(darkest, page.bytes[(row * page.width + column) * page.layout.channels])
      }
    }
    return darkest
  }

  /// The widths of the gaps between what is drawn, from the left.
  private func gaps(_ text: String, _ engine: TextEngine) -> [Int] {
    var strip = TextStrip(width: 400, height: 64)
    engine.draw(text, size: 32, into: &strip)
    let inked = (0..<strip.width).map { column in
      stride(from: column, to: strip.coverage.count, by: strip.width)
        .contains { strip.coverage[$0] > 40 }
    }
    return inked.split(separator: true, omittingEmptySubsequences: true)
      .dropFirst(inked.first == false ? 1 : 0).dropLast().map(\.count)
  }

  @Test("a space stands on either side of a word that is written the other way")
  func directions() throws {
    let engine = try TextEngine()
    for text in ["l \u{627} l", "\u{627} l \u{627}"] {
      let found = gaps(text, engine)
      #expect(found.count == 2 && found.allSatisfy { $0 > 5 && $0 < 24 }, "\(text): \(found)")
    }
  }

  @Test("a word is as wide behind a script of another font as before it")
  func fonts() throws {
    let engine = try TextEngine()
    let behind = engine.width("猫 lighthouse", size: 32) - engine.width("猫 ", size: 32)
    #expect(abs(behind - engine.width("lighthouse", size: 32)) < 1)
  }

  @Test("captions break between words, between ideographs, and within a word that must")
  func wrapping() {
    let wrapping = TextWrapping { Double($0.count) }
    #expect(wrapping.lines("one two three", limit: 7, lines: 3) == ["one two", "three"])
    #expect(wrapping.lines("one two three", limit: 7, lines: 1) == ["one tw…"])
    #expect(wrapping.lines("猫猫猫猫猫", limit: 2, lines: 3) == ["猫猫", "猫猫", "猫"])
    #expect(wrapping.lines("abcdefgh", limit: 3, lines: 4) == ["abc", "def", "gh"])
    #expect(wrapping.lines("", limit: 3, lines: 2) == [])
    #expect(wrapping.lines("a\n b", limit: 9, lines: 2) == ["a  b"])
  }

  @Test("a page stays within what memory is meant for")
  func limits() {
    var options = ContactSheetOptions()
    options.columns = 99
    options.rows = 99
    options.cell = 9999
    let layout = SheetLayout(options)
    #expect(layout.width * layout.height(rows: layout.rows) < 70_000_000)
  }
}
