extension Pixels {
  /// The picture at another size, each axis by itself; sides below 1 count as 1.
  ///
  /// Works on the 8-bit values as they are (sRGB, not linear light), as viewers and browsers do.
  /// With alpha, colours are weighed by it, so transparent pixels do not bleed.
  public func resized(
    toWidth newWidth: Int, height newHeight: Int, filter: ResizeFilter = .lanczos
  ) -> Pixels {
    let newWidth = max(newWidth, 1)
    let newHeight = max(newHeight, 1)
    guard newWidth != width || newHeight != height else { return self }
    let source = layout == .rgba ? premultiplied() : self
    let narrow = source.resampledRows(newHeight, filter).resampledColumns(newWidth, filter)
    return layout == .rgba ? narrow.unpremultiplied() : narrow
  }

  /// The picture made small enough for `longSide`, its proportions kept; never enlarged.
  public func fitted(longSide: Int, filter: ResizeFilter = .lanczos) -> Pixels {
    let long = max(width, height)
    guard longSide < long else { return self }
    let side = max(longSide, 1)
    return resized(
      toWidth: (width * side + long / 2) / long, height: (height * side + long / 2) / long,
      filter: filter)
  }

  private func resampledRows(_ newHeight: Int, _ filter: ResizeFilter) -> Pixels {
    guard newHeight != height else { return self }
    let weights = ResampleWeights(from: height, to: newHeight, filter: filter)
    let stride = width * layout.channels
    let rounding = Int32(1) << Int32(ResampleWeights.bits - 1)
    var sums = [Int32](repeating: 0, count: stride)
    let values = [UInt8](unsafeUninitializedCapacity: stride * newHeight) { into, count in
      bytes.withUnsafeBufferPointer { from in
        sums.withUnsafeMutableBufferPointer { sums in
          for y in 0..<newHeight {
            for index in 0..<stride { sums[index] = rounding }
            for tap in 0..<weights.taps {
              let weight = Int32(weights.weights[y * weights.taps + tap])
              if weight == 0 { continue }
              let row = (weights.starts[y] + tap) * stride
              for index in 0..<stride { sums[index] &+= weight &* Int32(from[row + index]) }
            }
            for index in 0..<stride {
              into[y * stride + index] = UInt8(
                clamping: sums[index] >> Int32(ResampleWeights.bits))
            }
          }
        }
      }
      count = stride * newHeight
    }
    return Pixels(unchecked: values, width: width, height: newHeight, layout: layout)
  }

  private func resampledColumns(_ newWidth: Int, _ filter: ResizeFilter) -> Pixels {
    guard newWidth != width else { return self }
    let weights = ResampleWeights(from: width, to: newWidth, filter: filter)
    let values =
      layout == .rgb
      ? columns(newWidth, weights, channels: 3) : columns(newWidth, weights, channels: 4)
    return Pixels(unchecked: values, width: newWidth, height: height, layout: layout)
  }

  @inline(__always)
  private func columns(_ newWidth: Int, _ resample: ResampleWeights, channels: Int) -> [UInt8] {
    let taps = resample.taps
    let shift = Int32(ResampleWeights.bits)
    let rounding = SIMD4<Int32>(repeating: 1 << (shift - 1))
    let total = newWidth * height * channels
    return [UInt8](unsafeUninitializedCapacity: total) { into, count in
      bytes.withUnsafeBufferPointer { from in
        resample.weights.withUnsafeBufferPointer { weights in
          var target = 0
          for y in 0..<height {
            let row = y * width
            for x in 0..<newWidth {
              var sum = rounding
              var source = (row + resample.starts[x]) * channels
              for tap in 0..<taps {
                let weight = Int32(weights[x * taps + tap])
                let pixel = SIMD4<Int32>(
                  Int32(from[source]), Int32(from[source + 1]), Int32(from[source + 2]),
                  channels == 4 ? Int32(from[source + 3]) : 0)
                sum &+= pixel &* weight
                source += channels
              }
              for channel in 0..<channels {
                into[target + channel] = UInt8(clamping: sum[channel] >> shift)
              }
              target += channels
            }
          }
        }
      }
      count = total
    }
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
