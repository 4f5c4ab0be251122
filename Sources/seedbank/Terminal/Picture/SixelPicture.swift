import Imaging

/// A picture in DEC's sixels: six rows at a time, a pass for each colour (VT330/VT340 Programmer
/// Reference, chapter 14).
enum SixelPicture {
  /// Levels of each of red, green and blue: 216 colours, which leaves the terminal's own alone.
  private static let levels = 6

  static func text(_ pixels: Pixels) -> String {
    let colors = indices(pixels)
    var text = "\u{1B}Pq\"1;1;\(pixels.width);\(pixels.height)" + palette(Set(colors))
    for top in stride(from: 0, to: pixels.height, by: 6) {
      let rows = min(6, pixels.height - top)
      let band = colors[top * pixels.width..<(top + rows) * pixels.width]
      text += Set(band).sorted().map { pass($0, Array(band), pixels.width, rows) }
        .joined(separator: "$")
      text += "-"
    }
    return text + "\u{1B}\\\n"
  }

  /// Defines the colours in use, in percent.
  private static func palette(_ used: Set<Int>) -> String {
    used.sorted().map { index in
      let parts = [index / 36, index / 6 % 6, index % 6].map { "\($0 * 100 / (levels - 1))" }
      return "#\(index);2;" + parts.joined(separator: ";")
    }.joined()
  }

  /// One colour's sixels of a band, runs written with their lengths.
  private static func pass(_ color: Int, _ band: [Int], _ width: Int, _ rows: Int) -> String {
    var text = "#\(color)"
    var run = (bits: -1, length: 0)
    func flush() {
      guard run.length > 0 else { return }
      let character = String(Character(Unicode.Scalar(UInt8(63 + run.bits))))
      text +=
        run.length > 3
        ? "!\(run.length)\(character)" : String(repeating: character, count: run.length)
    }
    for x in 0..<width {
      let bits = (0..<rows).reduce(0) { $0 | (band[$1 * width + x] == color ? 1 << $1 : 0) }
      if bits != run.bits {
        flush()
        run = (bits, 0)
      }
      run.length += 1
    }
    flush()
    return text
  }

  /// The palette's number for each pixel, errors spread by an ordered pattern (Bayer, 4 by 4).
  private static func indices(_ pixels: Pixels) -> [Int] {
    let pattern = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]
    let step = 255 / (levels - 1)
    return (0..<pixels.width * pixels.height).map { number in
      let shift = pattern[number / pixels.width % 4 * 4 + number % pixels.width % 4]
      let level = (0..<3).map { channel in
        min((Int(pixels.bytes[number * 3 + channel]) + shift * step / 16) / step, levels - 1)
      }
      return level[0] * 36 + level[1] * 6 + level[2]
    }
  }
}
