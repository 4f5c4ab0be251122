import SeedbankImaging

/// A white page for images and text.
struct SheetCanvas {
  let width: Int
  let height: Int
  private var bytes: [UInt8]

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    bytes = [UInt8](repeating: 255, count: width * height * 3)
  }

  /// The upper part of the page.
  func cropped(height: Int) -> Pixels? {
    Pixels(
      width: width, height: height, layout: .rgb, bytes: Array(bytes.prefix(width * height * 3)))
  }

  /// Draws an image with its upper left corner at a position.
  ///
  /// Parts outside the page are cut off.
  mutating func put(_ picture: Pixels, x: Int, y: Int) {
    let channels = picture.layout.channels
    let columns = min(picture.width, width - x)
    for row in 0..<min(picture.height, height - y) where columns > 0 {
      var from = row * picture.width * channels
      var to = ((y + row) * width + x) * 3
      for _ in 0..<columns {
        let alpha = channels == 4 ? Int(picture.bytes[from + 3]) : 255
        for channel in 0..<3 {
          let value = Int(picture.bytes[from + channel])
          bytes[to + channel] = UInt8((value * alpha + 255 * (255 - alpha)) / 255)
        }
        from += channels
        to += 3
      }
    }
  }

  /// Draws a line of text.
  ///
  /// `ink` is its grey value; 0 is black.
  mutating func ink(_ strip: TextStrip, x: Int, y: Int, grey ink: Int) {
    for row in 0..<min(strip.height, height - y) {
      for column in 0..<min(strip.width, width - x) {
        let amount = Int(strip.coverage[row * strip.width + column])
        guard amount > 0 else { continue }
        let to = ((y + row) * width + x + column) * 3
        for channel in to..<to + 3 {
          bytes[channel] = UInt8((Int(bytes[channel]) * (255 - amount) + ink * amount) / 255)
        }
      }
    }
  }
}
