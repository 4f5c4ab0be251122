import Testing

@testable import TerminalGraphics

@Suite("Sizes of images on a terminal")
struct PictureFitTests {
  private let usual = TerminalSize.usual

  @Test(
    "it keeps its proportions and leaves space for text",
    arguments: [(1024, 1024, 240, 240), (1600, 400, 600, 150), (400, 1600, 60, 240)])
  func graphics(width: Int, height: Int, sentWidth: Int, sentHeight: Int) {
    let fit = PictureFit(width: width, height: height, on: usual, as: .kitty, indent: 4)
    #expect((fit.width, fit.height) == (sentWidth, sentHeight))
    #expect(fit.columns == (sentWidth + 9) / 10)
  }

  @Test("a small image is enlarged for half-blocks only")
  func small() {
    let sent = PictureFit(width: 64, height: 48, on: usual, as: .sixel, indent: 4)
    #expect((sent.width, sent.height, sent.columns) == (64, 48, 7))
    let blocks = PictureFit(
      width: 64, height: 64, on: usual, as: .halfBlocks(.indexed), indent: 4)
    #expect((blocks.width, blocks.height) == (40, 40))
  }

  @Test("no size of a terminal or an image causes an overflow")
  func extremes() {
    for columns in [1, 2, 9, 20, 80, 500] {
      for rows in [1, 5, 24, 200] {
        for (width, height) in [(1, 1), (10_000, 1), (1, 10_000), (64, 64)] {
          for how in [PictureProtocol.kitty, .halfBlocks(.indexed)] {
            let size = TerminalSize(columns: columns, rows: rows)
            let fit = PictureFit(width: width, height: height, on: size, as: how, indent: 4)
            #expect(fit.width >= 1 && fit.height >= 1)
            #expect(fit.columns >= 1 && fit.columns <= max(columns - 8, 1))
          }
        }
      }
    }
  }
}
