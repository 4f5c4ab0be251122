import Testing

@testable import SeedbankImaging

struct VerdictTests {
  @Test("equal files are identical, whatever they contain")
  func identicalFile() throws {
    let file = try Scene.make(1).encoded(as: .jpeg(quality: 80))
    #expect(try Verdict.compare(files: file, file) == .identicalFile)
  }

  @Test("a file that does not decode has no verdict, even against itself")
  func damagedFile() throws {
    let file = Array(try Scene.make(1).encoded(as: .jpeg(quality: 80)).dropLast(50))
    #expect(throws: ImageError.truncated(.jpeg)) { try Verdict.compare(files: file, file) }
  }

  @Test("two plain colours do not have a similar composition")
  func plainColours() {
    let white = Pixels(
      width: 32, height: 32, layout: .rgb, bytes: [UInt8](repeating: 255, count: 32 * 32 * 3))!
    let black = white.mapped { _, _ in 0 }
    #expect(Verdict.compare(white, black).kind == .different)
  }

  @Test("an opaque alpha channel changes nothing; hidden colours are not identical pixels")
  func alpha() {
    let scene = Scene.make(2, width: 32, height: 32)
    #expect(Verdict.compare(scene, scene.withAlpha()).kind == .identicalPixels)
    let clear = Scene.withAlpha(2, width: 32, height: 32)
      .mapped { index, value in index % 4 == 3 ? 0 : value }
    let other = clear.mapped { index, value in index % 4 == 3 ? 0 : 255 - value }
    #expect(Verdict.compare(clear, other).kind == .visuallyIdentical)
  }

  @Test("the values match their definition, also for edge tiles")
  func numbers() throws {
    let values = [UInt8](repeating: 0, count: 20 * 18 * 3)
    let black = Pixels(width: 20, height: 18, layout: .rgb, bytes: values)!
    let spot = black.mapped { index, _ in index == (17 * 20 + 19) * 3 ? 60 : 0 }
    let difference = try #require(Verdict.compare(black, spot).difference)
    let all = Double(values.count)
    #expect(difference.meanAbsoluteError == 60 / all)
    #expect(difference.rootMeanSquareError == (3600 / all).squareRoot())
    #expect(difference.worstTile == PixelPosition(x: 16, y: 16))
    let edge: Double = 4 * 2 * 3
    #expect(difference.worstTileError == (3600 / edge).squareRoot())
  }

  @Test("the sheet shows both and the difference, amplified")
  func sheet() throws {
    let grey = Pixels(
      width: 10, height: 6, layout: .rgb, bytes: [UInt8](repeating: 100, count: 180))!
    let lighter = grey.mapped { _, value in value + 3 }
    let sheet = ComparisonSheet.render(original: grey, reproduction: lighter)
    #expect(sheet.width == 46 && sheet.height == 6)
    #expect(sheet.pixel(9, 5) == [100, 100, 100] && sheet.pixel(10, 0) == [255, 255, 255])
    #expect(sheet.pixel(18, 0) == [103, 103, 103] && sheet.pixel(36, 0) == [24, 24, 24])
    let other = ComparisonSheet.render(original: grey, reproduction: Scene.make(1), longSide: 5)
    #expect(other.width == 31 && other.height == 3)
  }
}
