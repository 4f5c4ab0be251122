/// How a stored image is made upright: the values of Exif tag 0x0112 (Exif 2.32, 4.6.4 A).
///
/// The name says what must be done to the stored pixels.
public enum Orientation: Int, Sendable, CaseIterable {
  case upright = 1
  case mirrored = 2
  case turned180 = 3
  case flipped = 4
  case transposed = 5
  case turned90Clockwise = 6
  case transversed = 7
  case turned90CounterClockwise = 8

  /// Whether width and height are exchanged.
  public var swapsSides: Bool { rawValue >= 5 }
}

extension Pixels {
  /// The same image with `orientation` applied.
  ///
  /// The result is `.upright`.
  public func turned(_ orientation: Orientation) -> Pixels {
    guard orientation != .upright else { return self }
    let channels = layout.channels
    let outWidth = orientation.swapsSides ? height : width
    let outHeight = orientation.swapsSides ? width : height
    let turned = [UInt8](unsafeUninitializedCapacity: bytes.count) { into, count in
      bytes.withUnsafeBufferPointer { from in
        var target = 0
        for y in 0..<outHeight {
          for x in 0..<outWidth {
            let (sourceX, sourceY) = source(ofX: x, y: y, orientation)
            let start = (sourceY * width + sourceX) * channels
            for channel in 0..<channels {
              into[target + channel] = from[start + channel]
            }
            target += channels
          }
        }
      }
      count = bytes.count
    }
    return Pixels(unchecked: turned, width: outWidth, height: outHeight, layout: layout)
  }

  private func source(ofX x: Int, y: Int, _ orientation: Orientation) -> (Int, Int) {
    switch orientation {
    case .upright: (x, y)
    case .mirrored: (width - 1 - x, y)
    case .turned180: (width - 1 - x, height - 1 - y)
    case .flipped: (x, height - 1 - y)
    case .transposed: (y, x)
    case .turned90Clockwise: (y, height - 1 - x)
    case .transversed: (width - 1 - y, height - 1 - x)
    case .turned90CounterClockwise: (width - 1 - y, x)
    }
  }
}
