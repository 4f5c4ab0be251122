import SeedbankImaging

/// Sixel graphics.
///
/// Source: VT330/340 Programmer Reference Manual (DEC, 1988), chapter 14.
enum Sixel {
  /// One image at the cursor, with at most 256 colours.
  static func text(_ pixels: Pixels) -> String {
    let palette = ColourPalette(pixels.overWhite(), limit: 256)
    // Pixels are square, and pixels that are not painted do not change.
    var text = "\u{1B}P0;1;0q\"1;1;\(pixels.width);\(pixels.height)"
    for (number, colour) in palette.colours.enumerated() {
      let parts = colour.map { String((Int($0) * 100 + 127) / 255) }
      text += "#\(number);2;" + parts.joined(separator: ";")
    }
    for top in stride(from: 0, to: pixels.height, by: 6) {
      if top > 0 { text += "-" }
      text += band(palette, top: top, width: pixels.width, height: min(6, pixels.height - top))
    }
    return text + "\u{1B}\\"
  }

  /// Six rows.
  ///
  /// Each colour paints its pixels from the left.
  private static func band(
    _ palette: ColourPalette, top: Int, width: Int, height: Int
  ) -> String {
    var masks = [[UInt8]?](repeating: nil, count: palette.colours.count)
    for row in 0..<height {
      for column in 0..<width {
        let number = Int(palette.indices[(top + row) * width + column])
        masks[number, default: width][column] |= 1 << row
      }
    }
    let passes = masks.enumerated().compactMap { number, mask in
      mask.map { "#\(number)" + runs($0) }
    }
    return passes.joined(separator: "$")
  }

  /// Run lengths are shorter from four pixels on.
  ///
  /// Empty parts at the end are left out.
  private static func runs(_ mask: [UInt8]) -> String {
    var text = ""
    var start = 0
    while start < mask.count {
      var end = start + 1
      while end < mask.count, mask[end] == mask[start] { end += 1 }
      if end == mask.count, mask[start] == 0 { break }
      let character = String(UnicodeScalar(63 + mask[start]))
      let count = end - start
      text += count > 3 ? "!\(count)\(character)" : String(repeating: character, count: count)
      start = end
    }
    return text
  }
}

extension [[UInt8]?] {
  /// The mask of a colour, empty until a pixel needs it.
  fileprivate subscript(number: Int, default width: Int) -> [UInt8] {
    get { self[number] ?? [UInt8](repeating: 0, count: width) }
    _modify {
      var mask = self[number] ?? [UInt8](repeating: 0, count: width)
      self[number] = nil
      yield &mask
      self[number] = mask
    }
  }
}
