import FoundationEssentials
import SeedbankImaging

/// Kitty's graphics protocol (sw.kovidgoyal.net/kitty/graphics-protocol).
enum Kitty {
  /// The most base64 that one escape may carry.
  static let chunkSize = 4096

  /// One image at the cursor, `columns` cells wide; its rows follow from its proportions.
  /// - Throws: `ImageError.outOfMemory`.
  static func text(_ pixels: Pixels, columns: Int) throws(ImageError) -> String {
    text(png: try pixels.encoded(as: .png()), columns: columns)
  }

  /// A PNG file, cut into as many escapes as it needs.
  ///
  /// `a=T` sends and shows, `f=100` says PNG, `q=2` keeps the terminal from answering: an answer
  /// would be read by the shell as if it were typed. `m=1` says that more follows.
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
