import FoundationEssentials
import SeedbankImaging

/// Kitty's graphics protocol (sw.kovidgoyal.net/kitty/graphics-protocol).
enum Kitty {
  /// The maximum base64 of one escape sequence.
  static let chunkSize = 4096

  /// One image at the cursor, with a width of `columns` cells.
  ///
  /// Its height follows from its proportions.
  /// - Throws: `ImageError.outOfMemory`.
  static func text(_ pixels: Pixels, columns: Int) throws(ImageError) -> String {
    text(png: try pixels.encoded(as: .png()), columns: columns)
  }

  /// A PNG file in several escape sequences.
  ///
  /// `a=T` sends and shows, `f=100` means PNG, and `m=1` means that more follows. `q=2` suppresses the
  /// terminal's answer, which the shell would read as typed input.
  static func text(png: [UInt8], columns: Int) -> String {
    let payload = Array(Data(png).base64EncodedString().utf8)
    var text = ""
    var start = 0
    repeat {
      let end = min(start + chunkSize, payload.count)
      let keys = start == 0 ? "a=T,f=100,q=2,c=\(columns)," : ""
      let chunk = String(decoding: payload[start..<end], as: UTF8.self)
      text += "\u{1B}_G\(keys)m=\(end < payload.count ? 1 : 0);\(chunk)\u{1B}\\"
      start = end
    } while start < payload.count
    return text
  }
}
