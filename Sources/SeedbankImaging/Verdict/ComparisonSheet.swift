/// Two images and their difference side by side, as one image.
public enum ComparisonSheet {
  /// The factor of the difference.
  ///
  /// One step of 8 bits becomes visible, and 32 steps have full brightness.
  public static let amplification = 8
  /// The white gap between the three, in pixels.
  package static let gap = 8

  /// Original, reproduction, and |original − reproduction| amplified on black, from left to right.
  ///
  /// A reproduction of another size is resized to the original's. Alpha is shown on white.
  ///
  /// - Parameter longSide: of each of the three, in pixels; larger images are reduced after the
  ///   difference was computed, so that the difference is not averaged.
  public static func render(
    original: Pixels, reproduction: Pixels, longSide: Int = 2048
  ) -> Pixels {
    sideBySide(panels(original: original, reproduction: reproduction, longSide: longSide))
  }

  /// The three panels of `render`, all of one size.
  package static func panels(
    original: Pixels, reproduction: Pixels, longSide: Int = 2048
  ) -> [Pixels] {
    let first = original.overWhite()
    let second = reproduction.overWhite()
      .resized(toWidth: original.width, height: original.height)
    return [first, second, amplifiedDifference(first, second)].map {
      $0.fitted(longSide: longSide)
    }
  }

  private static func amplifiedDifference(_ a: Pixels, _ b: Pixels) -> Pixels {
    let bytes = [UInt8](unsafeUninitializedCapacity: a.bytes.count) { into, count in
      for index in a.bytes.indices {
        let difference = abs(Int(a.bytes[index]) - Int(b.bytes[index]))
        into[index] = UInt8(clamping: difference * amplification)
      }
      count = a.bytes.count
    }
    return Pixels(unchecked: bytes, width: a.width, height: a.height, layout: .rgb)
  }

  private static func sideBySide(_ panels: [Pixels]) -> Pixels {
    let height = panels.map(\.height).max() ?? 1
    let width = panels.reduce(0) { $0 + $1.width } + gap * (panels.count - 1)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(width * height * 3)
    for y in 0..<height {
      for (index, panel) in panels.enumerated() {
        if index > 0 { bytes += repeatElement(255, count: gap * 3) }
        bytes += panel.bytes[y * panel.width * 3..<(y + 1) * panel.width * 3]
      }
    }
    return Pixels(unchecked: bytes, width: width, height: height, layout: .rgb)
  }
}
