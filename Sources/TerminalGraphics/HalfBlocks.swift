import SeedbankImaging

/// Images of `▀`: its foreground is one pixel, its background the one below.
package enum HalfBlocks {
  /// The encodings of colours.
  package enum Depth: Hashable, Sendable {
    /// 24 bits.
    case trueColour
    /// The 216 colours and 24 greys that all terminals of 256 colours share.
    case indexed
  }

  /// One line of text for two rows of pixels.
  ///
  /// Colours are reset at its end.
  static func lines(_ pixels: Pixels, depth: Depth) -> [String] {
    let picture = pixels.overWhite()
    let inks = inks(picture, depth)
    return stride(from: 0, to: picture.height, by: 2).map { row in
      let upper = inks[row * picture.width..<(row + 1) * picture.width]
      // For an odd height, the lower half of the last row has the terminal's background.
      let lower = inks[upper.endIndex...].prefix(picture.width)
      return line(upper, lower, depth)
    }
  }

  /// The colour of each pixel as a number: red, green and blue in its bytes, or an index.
  private static func inks(_ picture: Pixels, _ depth: Depth) -> [Int] {
    switch depth {
    case .indexed: IndexedColours.dithered(picture)
    case .trueColour:
      stride(from: 0, to: picture.bytes.count, by: 3).map {
        picture.bytes[$0..<$0 + 3].reduce(0) { $0 << 8 | Int($1) }
      }
    }
  }

  private static func line(_ upper: ArraySlice<Int>, _ lower: ArraySlice<Int>, _ depth: Depth)
    -> String
  {
    var text = ""
    var (foreground, background): (Int?, Int?) = (nil, nil)
    for (index, ink) in upper.enumerated() {
      let paper = lower.isEmpty ? nil : lower[lower.startIndex + index]
      var codes: [String] = []
      if ink != foreground { codes.append("38;" + code(ink, depth)) }
      if let paper, paper != background { codes.append("48;" + code(paper, depth)) }
      if !codes.isEmpty { text += "\u{1B}[\(codes.joined(separator: ";"))m" }
      text += "▀"
      (foreground, background) = (ink, paper)
    }
    return text + "\u{1B}[0m"
  }

  private static func code(_ ink: Int, _ depth: Depth) -> String {
    switch depth {
    case .trueColour: "2;\(ink >> 16);\(ink >> 8 & 255);\(ink & 255)"
    case .indexed: "5;\(ink)"
    }
  }
}
