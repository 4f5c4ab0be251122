extension Pixels {
  /// The rounded mean of each block of `across × down` pixels; the image itself if its sides are not
  /// multiples.
  func blockMeans(across: Int, down: Int) -> Pixels {
    guard across > 1 || down > 1, width.isMultiple(of: across), height.isMultiple(of: down)
    else { return self }
    let means =
      layout == .rgb
      ? blockMeans(across, down, channels: 3) : blockMeans(across, down, channels: 4)
    return Pixels(
      unchecked: means, width: width / across, height: height / down, layout: layout)
  }

  /// `channels` is a constant at each call, so that the compiler unrolls the innermost loop.
  @inline(__always)
  private func blockMeans(_ across: Int, _ down: Int, channels: Int) -> [UInt8] {
    let columns = width / across
    let area = UInt32(across * down)
    let total = columns * (height / down) * channels
    var sums = [UInt32](repeating: 0, count: columns * channels)
    return [UInt8](unsafeUninitializedCapacity: total) { into, count in
      bytes.withUnsafeBufferPointer { from in
        sums.withUnsafeMutableBufferPointer { sums in
          for top in stride(from: 0, to: height, by: down) {
            sums.update(repeating: area / 2)
            var source = top * width * channels
            for _ in 0..<down {
              for target in stride(from: 0, to: sums.count, by: channels) {
                for _ in 0..<across {
                  for channel in 0..<channels {
                    sums[target + channel] &+= UInt32(from[source + channel])
                  }
                  source += channels
                }
              }
            }
            for sum in sums {
              into[count] = UInt8(truncatingIfNeeded: sum / area)
              count += 1
            }
          }
        }
      }
    }
  }
}
