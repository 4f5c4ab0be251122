/// "AI generated" in the lower right corner, as in the service.
enum Watermark {
  /// Five bits per row, seven rows per letter.
  private static let letters: [Character: [UInt8]] = [
    "A": [0b01110, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001],
    "I": [0b01110, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
    "g": [0b00000, 0b01111, 0b10001, 0b10001, 0b01111, 0b00001, 0b01110],
    "e": [0b00000, 0b00000, 0b01110, 0b10001, 0b11111, 0b10000, 0b01110],
    "n": [0b00000, 0b00000, 0b10110, 0b11001, 0b10001, 0b10001, 0b10001],
    "r": [0b00000, 0b00000, 0b10110, 0b11001, 0b10000, 0b10000, 0b10000],
    "a": [0b00000, 0b00000, 0b01110, 0b00001, 0b01111, 0b10001, 0b01111],
    "t": [0b01000, 0b01000, 0b11100, 0b01000, 0b01000, 0b01001, 0b00110],
    "d": [0b00001, 0b00001, 0b01101, 0b10011, 0b10001, 0b10001, 0b01111],
  ]

  static func draw(on bytes: inout [UInt8], _ size: PixelSize) {
    let dot = max(min(size.width, size.height) / 400, 1)
    let text = "AI generated"
    let left = size.width - (text.count * 6 + 7) * dot
    let top = size.height - 15 * dot
    guard left >= 0, top >= 0 else { return }
    for (position, letter) in text.enumerated() {
      for (line, bits) in (letters[letter] ?? []).enumerated() {
        for bit in 0..<5 where bits >> (4 - bit) & 1 == 1 {
          let x = left + (position * 6 + bit) * dot
          let y = top + line * dot
          // A dark dot beside each light one makes the text readable on any background.
          fill(&bytes, size, x + dot, y + dot, dot, 0, share: 72)
          fill(&bytes, size, x, y, dot, 255, share: 176)
        }
      }
    }
  }

  /// `share` is of 256.
  private static func fill(
    _ bytes: inout [UInt8], _ size: PixelSize, _ x: Int, _ y: Int, _ dot: Int, _ value: Int,
    share: Int
  ) {
    for row in y..<y + dot {
      for place in (row * size.width + x) * 3..<(row * size.width + x + dot) * 3 {
        bytes[place] = UInt8((Int(bytes[place]) * (256 - share) + value * share) / 256)
      }
    }
  }
}
