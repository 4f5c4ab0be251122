import FilePaths
import Foundation
import SeedbankImaging
import SeedbankStorage
import Testing

@testable import SeedbankGallery

@Suite("Contact sheets") struct ContactSheetTests {
  @Test(
    "cells have the shape of their images, and captions are directly below them",
    arguments: ContactSheetOptions.Format.allCases)
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
    #expect(report.charactersWithoutFont == ["\u{10FFFE}"])
    let layout = SheetLayout(options.contactSheet ?? ContactSheetOptions())
    let page = try Picture.decode(contentsOf: report.sheets[0]).upright
    // A row is as tall as its images, not as tall as a square cell.
    let picture = 64
    #expect(page.width == layout.width)
    #expect(abs(page.height - layout.height(rows: 2) + 2 * (layout.cell - picture)) <= 2)
    // The text is directly below every image.
    for cell in 0..<4 {
      let y = layout.top + cell / 2 * (picture + layout.captionHeight + layout.gap)
      #expect(ink(page, layout.x(cell % 2), y + picture + 2, layout.cell, layout.lineHeight) < 128)
    }
    #expect(try await test.export(options).bytes == 0)
  }

  @Test("images fill cells that are larger than thumbnails, and thumbnails stay the same")
  func largeCells() async throws {
    let test = try TestLibrary()
    let (width, height) = (1024, 64)
    let black = try #require(
      Pixels(
        width: width, height: height, layout: .rgb,
        bytes: [UInt8](repeating: 0, count: width * height * 3)))
    let image = try test.keep(try black.encoded(as: .png()), position: 1, .png)
    try test.add("wide", seed: 1) { $0.images = [image] }
    _ = try await test.export(test.options("plain"))
    var sheet = ContactSheetOptions()
    sheet.format = .png
    sheet.columns = 1
    sheet.rows = 1
    sheet.cell = width
    let report: ExportReport
    do {
      report = try await test.export(test.options { $0.contactSheet = sheet })
    } catch ExportError.noText {
      return
    }
    let layout = SheetLayout(sheet)
    let page = try Picture.decode(contentsOf: report.sheets[0]).upright
    let line = (layout.top + height / 2) * page.width + layout.x(0)
    let samples = (line..<line + width).map { page.bytes[$0 * page.layout.channels] }
    #expect(samples.allSatisfy { $0 < 16 })
    func thumbnails(_ folder: String) -> Set<Data> {
      Set(test.contents(folder).filter { $0.key.hasPrefix("thumbnails/") }.values)
    }
    #expect(thumbnails("out").count == 2 && thumbnails("out") == thumbnails("plain"))
  }

  @Test("the head of a page shows its number and the number of pages")
  func numbers() throws {
    let maker = try ContactSheetMaker(
      ContactSheetOptions(), title: String(repeating: "long ", count: 200))
    let layout = SheetLayout(ContactSheetOptions())
    let white = try #require(
      Pixels(
        width: layout.width, height: 400, layout: .rgb,
        bytes: [UInt8](repeating: 255, count: layout.width * 1200)))
    let sheet = try maker.sheet(try white.encoded(as: .png()), number: 2, of: 13)
    #expect(sheet.path.description == "contact-sheet-002.jpg")
    let page = try Picture.decode(sheet.bytes).upright
    let text = try TextEngine()
    let width = Int(text.width("2 of 13", size: layout.textSize).rounded(.up))
    let right = layout.width - layout.margin
    #expect(ink(page, right - width, layout.margin, width, layout.lineHeight) < 160)
    // The title is cut before the number starts.
    #expect(
      ink(
        page, right - width - layout.gap / 2, layout.margin, layout.gap / 2 - 1, layout.lineHeight)
        > 200)
  }

  @Test("a page can have more bytes than an image of others")
  func largePage() throws {
    let maker = try ContactSheetMaker(ContactSheetOptions(), title: "large")
    let layout = SheetLayout(ContactSheetOptions())
    let white = try #require(
      Pixels(
        width: layout.width, height: 400, layout: .rgb,
        bytes: [UInt8](repeating: 255, count: layout.width * 1200)))
    let plain = try white.encoded(as: .png())
    // Chunks without a meaning take the place of pixels that cannot be compressed.
    let chunk = ForeignFile.pngChunk("teST", [UInt8](repeating: 0, count: 1 << 20))
    var page = Array(plain.dropLast(12))
    while page.count <= DecodeLimits.standard.bytes { page += chunk }
    page += plain.suffix(12)
    let sheet = try maker.sheet(page, number: 1, of: 1)
    #expect(try Picture.decode(sheet.bytes).header.width == layout.width)
  }

  private func ink(_ page: Pixels, _ x: Int, _ y: Int, _ width: Int, _ height: Int) -> UInt8 {
    var darkest: UInt8 = 255
    for row in y..<y + height {
      for column in x..<x + width {
        darkest = min(darkest, page.bytes[(row * page.width + column) * page.layout.channels])
      }
    }
    return darkest
  }

  /// Returns the widths of the gaps between the drawn parts, from the left.
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

  @Test("a word in another direction has a space on both sides")
  func directions() throws {
    let engine = try TextEngine()
    for text in ["l \u{627} l", "\u{627} l \u{627}"] {
      let found = gaps(text, engine)
      #expect(found.count == 2 && found.allSatisfy { $0 > 5 && $0 < 24 }, "\(text): \(found)")
    }
  }

  @Test("two images and their difference have their names above them")
  func comparison() throws {
    let grey = try #require(
      Pixels(
        width: 24, height: 16, layout: .rgb, bytes: [UInt8](repeating: 100, count: 24 * 16 * 3)))
    let sheet = try LabeledComparison(original: "#12", other: "scan.png")
      .render(original: grey, other: grey)
    let cell = LabeledComparison.narrowestCell
    #expect(sheet.width == 3 * cell + 2 * 8)
    let head = sheet.height - 16
    for panel in 0..<3 {
      #expect(ink(sheet, panel * (cell + 8), 0, cell, head) < 128)
      #expect(ink(sheet, panel * (cell + 8), head, 24, 16) == (panel < 2 ? 100 : 0))
    }
  }

  @Test("a word has the same width before and after a script of another font")
  func fonts() throws {
    let engine = try TextEngine()
    let behind = engine.width("猫 lighthouse", size: 32) - engine.width("猫 ", size: 32)
    #expect(abs(behind - engine.width("lighthouse", size: 32)) < 1)
  }

  @Test("captions break between words, between ideographs, and within a word that is too long")
  func wrapping() {
    let wrapping = TextWrapping { Double($0.count) }
    #expect(wrapping.lines("one two three", limit: 7, lines: 3) == ["one two", "three"])
    #expect(wrapping.lines("one two three", limit: 7, lines: 1) == ["one tw…"])
    #expect(wrapping.lines("猫猫猫猫猫", limit: 2, lines: 3) == ["猫猫", "猫猫", "猫"])
    #expect(wrapping.lines("abcdefgh", limit: 3, lines: 4) == ["abc", "def", "gh"])
    #expect(wrapping.lines("", limit: 3, lines: 2) == [])
    #expect(wrapping.lines("a\n b", limit: 9, lines: 2) == ["a  b"])
  }

  @Test("the size of a page is limited")
  func limits() {
    var options = ContactSheetOptions()
    options.columns = 99
    options.rows = 99
    options.cell = 9999
    let layout = SheetLayout(options)
    #expect(layout.width * layout.height(rows: layout.rows) < 70_000_000)
  }
}
