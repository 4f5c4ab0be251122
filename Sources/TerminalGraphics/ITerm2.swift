import FoundationEssentials
import SeedbankImaging

/// Inline images of iTerm2 (iterm2.com/documentation-images.html).
enum ITerm2 {
  /// One image at the cursor, with a width of `columns` cells.
  ///
  /// Its height follows from its proportions.
  /// - Throws: `ImageError.outOfMemory`.
  static func text(_ pixels: Pixels, columns: Int) throws(ImageError) -> String {
    text(file: try pixels.encoded(as: .png()), columns: columns)
  }

  /// A complete image file in one escape sequence.
  static func text(file: [UInt8], columns: Int) -> String {
    let keys = "inline=1;size=\(file.count);width=\(columns);height=auto;preserveAspectRatio=1"
    return "\u{1B}]1337;File=\(keys):\(Data(file).base64EncodedString())\u{07}"
  }
}
