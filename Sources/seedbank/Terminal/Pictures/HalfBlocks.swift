import Imaging

/// Pictures of `▀`: its foreground is one pixel, its background the one below.
enum HalfBlocks {
  /// How colours are written.
  enum Depth: Hashable, Sendable {
    /// 24 bits.
    case trueColour
    /// The 216 colours and 24 greys that all terminals of 256 colours share.
    case indexed
  }

  /// One line of text for every two rows of pixels, its colours reset at the end.
  static func lines(_ pixels: Pixels, depth: Depth) -> [String] {
    let picture = pixels.overWhite()
    return stride(from: 0, to: picture.height, by: 2).map { line(picture, row: $0, depth) }
  }

  private static func line(_ picture: Pixels, row: Int, _ depth: Depth) -> String {
    var text = ""
    var ink: [UInt8]?
    var paper: [UInt8]?
    for column in 0..<picture.width {
      let upper = colour(picture, column, row)
      // Below the last row of an odd height the terminal's own background shows.
      let lower = row + 1 < picture.height ? colour(picture, column, row + 1) : nil
      var codes: [String] = []
      if upper != ink { codes.append("38;" + code(upper, depth)) }
      if let lower, lower != paper { codes.append("48;" + code(lower, depth)) }
      if !codes.isEmpty { text += "\u{1B}[\(codes.joined(separator: ";"))m" }
      text += "▀"
      ink = upper
      paper = lower
    }
    return text + "\u{1B}[0m"
  }

  private static func colour(_ picture: Pixels, _ column: Int, _ row: Int) -> [UInt8] {
    let start = (row * picture.width + column) * 3
    return Array(picture.bytes[start..<start + 3])
  }

  private static func code(_ colour: [UInt8], _ depth: Depth) -> String {
    switch depth {
    case .trueColour: "2;\(colour[0]);\(colour[1]);\(colour[2])"
    case .indexed: "5;\(index(of: colour))"
    }
  }

  /// The nearest of the colours 16 to 255, whose values xterm's 256colres.pl set for everyone: a
  /// cube of six levels a channel, then greys from 8 in steps of 10.
  static func index(of colour: [UInt8]) -> Int {
    let levels = [0, 95, 135, 175, 215, 255]
    let steps = colour.map { value in
      levels.indices.min { abs(levels[$0] - Int(value)) < abs(levels[$1] - Int(value)) } ?? 0
    }
    let mean = colour.reduce(0) { $0 + Int($1) } / 3
    let grey = min(max((mean - 3) / 10, 0), 23)
    let asCube = distance(colour, steps.map { levels[$0] })
    let asGrey = distance(colour, [Int](repeating: 8 + 10 * grey, count: 3))
    return asGrey < asCube ? 232 + grey : 16 + 36 * steps[0] + 6 * steps[1] + steps[2]
  }

  private static func distance(_ colour: [UInt8], _ other: [Int]) -> Int {
    zip(colour, other).reduce(0) { $0 + (Int($1.0) - $1.1) * (Int($1.0) - $1.1) }
  }
}
