import FoundationEssentials
import Imaging

/// A picture as the bytes that make a terminal show it.
enum TerminalPicture {
  /// Pixels that are taken for one column where the terminal scales by itself.
  private static let pixelsPerColumn = 10

  /// - Parameters:
  ///   - pixels: upright.
  ///   - columns: the most that it may be wide; it is at most as high as wide, in the eye's measure.
  /// - Throws: `ImageError.outOfMemory`.
  static func text(
    _ pixels: Pixels, _ kind: PictureProtocol, columns: Int
  ) throws -> String {
    let columns = min(max(columns, 4), 60)
    let small = pixels.overWhite().fitted(longSide: columns * pixelsPerColumn)
    switch kind {
    case .kitty: return kitty(try small.encoded(as: .png()))
    case .iterm: return iterm(try small.encoded(as: .jpeg(quality: 85)))
    case .sixel: return SixelPicture.text(small)
    case .blocks: return BlockPicture.text(pixels.overWhite(), columns: columns)
    }
  }

  /// Base64 in pieces of 4,096 characters (kitty's graphics protocol, "Remote client").
  private static func kitty(_ png: [UInt8]) -> String {
    let encoded = Array(Data(png).base64EncodedString().utf8)
    var text = ""
    var start = 0
    repeat {
      let end = min(start + 4096, encoded.count)
      let keys = start == 0 ? "a=T,f=100,q=2," : ""
      let piece = String(decoding: encoded[start..<end], as: UTF8.self)
      text += "\u{1B}_G\(keys)m=\(end < encoded.count ? 1 : 0);\(piece)\u{1B}\\"
      start = end
    } while start < encoded.count
    return text + "\n"
  }

  /// iTerm2's "Inline Images Protocol".
  private static func iterm(_ jpeg: [UInt8]) -> String {
    let encoded = Data(jpeg).base64EncodedString()
    return "\u{1B}]1337;File=inline=1;size=\(jpeg.count):\(encoded)\u{7}\n"
  }
}
