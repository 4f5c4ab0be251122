extension Pixels {
  /// The image at another size.
  ///
  /// Each axis is scaled separately. Sides below 1 count as 1.
  ///
  /// It uses the stored 8-bit values (sRGB, not linear light), as viewers and browsers do. Colours are
  /// weighted by alpha, so that transparent pixels have no effect.
  public func resized(
    toWidth newWidth: Int, height newHeight: Int, filter: ResizeFilter = .lanczos
  ) -> Pixels {
    let newWidth = max(newWidth, 1)
    let newHeight = max(newHeight, 1)
    guard newWidth != width || newHeight != height else { return self }
    let source = (layout == .rgba ? premultiplied() : self)
      .reducingLongSides(to: (newWidth, newHeight))
    let block = PixelBlock(from: (source.width, source.height), to: (newWidth, newHeight))
    let narrow = source.means(of: block).resampledRows(newHeight, filter)
      .resampledColumns(newWidth, filter)
    return layout == .rgba ? narrow.unpremultiplied() : narrow
  }

  /// The image reduced to `longSide` with the same proportions.
  ///
  /// It is never enlarged.
  public func fitted(longSide: Int, filter: ResizeFilter = .lanczos) -> Pixels {
    guard longSide < max(width, height) else { return self }
    let size = Self.size(of: (width, height), fitting: longSide)
    return resized(toWidth: size.width, height: size.height, filter: filter)
  }

  /// The size with the same proportions whose longer side is `longSide`, at least 1.
  static func size(
    of size: (width: Int, height: Int), fitting longSide: Int
  ) -> (width: Int, height: Int) {
    let long = max(size.width, size.height)
    let side = max(longSide, 1)
    return (
      max((size.width * side + long / 2) / long, 1), max((size.height * side + long / 2) / long, 1)
    )
  }

  private func premultiplied() -> Pixels {
    mappingPixels { color, alpha in (color * alpha + 127) / 255 }
  }

  private func unpremultiplied() -> Pixels {
    mappingPixels { color, alpha in alpha == 0 ? 0 : min(255, (color * 255 + alpha / 2) / alpha) }
  }

  private func mappingPixels(_ change: (_ color: Int, _ alpha: Int) -> Int) -> Pixels {
    var values = bytes
    for start in stride(from: 0, to: values.count, by: 4) {
      let alpha = Int(values[start + 3])
      for channel in start..<start + 3 {
        values[channel] = UInt8(clamping: change(Int(values[channel]), alpha))
      }
    }
    return Pixels(unchecked: values, width: width, height: height, layout: layout)
  }
}
