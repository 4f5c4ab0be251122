extension Pixels {
  /// The image on white, without alpha.
  ///
  /// It is hashed, compared and resized.
  ///
  /// Each channel is `(c·α + 255·(255 − α)) / 255`, rounded.
  public func overWhite() -> Pixels {
    guard layout == .rgba else { return self }
    let count = width * height
    let rgb = [UInt8](unsafeUninitializedCapacity: count * 3) { into, initialized in
      bytes.withUnsafeBufferPointer { from in
        for index in 0..<count {
          let alpha = Int(from[4 * index + 3])
          for channel in 0..<3 {
            let mixed = Int(from[4 * index + channel]) * alpha + 255 * (255 - alpha)
            into[3 * index + channel] = UInt8(truncatingIfNeeded: (mixed + 127) / 255)
          }
        }
      }
      initialized = count * 3
    }
    return Pixels(unchecked: rgb, width: width, height: height, layout: .rgb)
  }

  /// The image with an alpha channel, which is opaque if it had none.
  func withAlpha() -> Pixels {
    guard layout == .rgb else { return self }
    let count = width * height
    let rgba = [UInt8](unsafeUninitializedCapacity: count * 4) { into, initialized in
      bytes.withUnsafeBufferPointer { from in
        for index in 0..<count {
          into[4 * index] = from[3 * index]
          into[4 * index + 1] = from[3 * index + 1]
          into[4 * index + 2] = from[3 * index + 2]
          into[4 * index + 3] = 255
        }
      }
      initialized = count * 4
    }
    return Pixels(unchecked: rgba, width: width, height: height, layout: .rgba)
  }

  /// Whether both have exactly the same values.
  ///
  /// Without alpha, pixels count as opaque.
  public func holdsSamePixels(as other: Pixels) -> Bool {
    guard width == other.width, height == other.height else { return false }
    if layout == other.layout { return bytes == other.bytes }
    return withAlpha().bytes == other.withAlpha().bytes
  }
}
