import Imaging

/// A picture of half blocks: `▀` in the colour of the upper pixel, on that of the lower one.
enum BlockPicture {
  static func text(_ pixels: Pixels, columns: Int) -> String {
    let scale = min(
      Double(columns) / Double(pixels.width), Double(columns) / Double(pixels.height))
    let width = max(1, Int((Double(pixels.width) * scale).rounded()))
    let height = max(2, Int((Double(pixels.height) * scale).rounded()) & ~1)
    let small = pixels.resized(toWidth: width, height: height)
    var text = ""
    for y in stride(from: 0, to: height, by: 2) {
      for x in 0..<width {
        let upper = color(small, x, y)
        let lower = color(small, x, y + 1)
        text += "\u{1B}[38;2;\(upper);48;2;\(lower)m▀"
      }
      text += "\u{1B}[0m\n"
    }
    return text
  }

  private static func color(_ pixels: Pixels, _ x: Int, _ y: Int) -> String {
    let start = (y * pixels.width + x) * 3
    return "\(pixels.bytes[start]);\(pixels.bytes[start + 1]);\(pixels.bytes[start + 2])"
  }
}
