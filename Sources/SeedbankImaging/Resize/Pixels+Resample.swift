/// The two passes of a resize, in integers.
extension Pixels {
  func resampledRows(_ newHeight: Int, _ filter: ResizeFilter) -> Pixels {
    guard newHeight != height else { return self }
    let resample = ResampleWeights(from: height, to: newHeight, filter: filter)
    let stride = width * layout.channels
    var sums = [Int32](repeating: 0, count: stride)
    let values = [UInt8](unsafeUninitializedCapacity: stride * newHeight) { into, count in
      bytes.withUnsafeBufferPointer { from in
        sums.withUnsafeMutableBufferPointer { sums in
          for y in 0..<newHeight {
            sums.update(repeating: 1 << Int32(ResampleWeights.bits - 1))
            for tap in Swift.stride(from: 0, to: resample.taps, by: 4) {
              let rows = (0..<4).map { offset in
                // After the last row, the weight is 0. The row only has to exist.
                min(resample.starts[y] + tap + offset, height - 1) * stride
              }
              add(from, rows, resample.weights(of: y, from: tap), to: sums)
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

  /// Adds four weighted rows at once, because reading and writing the wide sums takes most of the time.
  private func add(
    _ from: UnsafeBufferPointer<UInt8>, _ rows: [Int], _ weights: SIMD4<Int16>,
    to sums: UnsafeMutableBufferPointer<Int32>
  ) {
    guard let start = from.baseAddress else { return }
    // Widened here from 16 bits, so that the compiler uses 16-bit multiplications, which plain x86-64
    // has. This takes a third of the time.
    let (a, b) = (Int32(weights[0]), Int32(weights[1]))
    let (c, d) = (Int32(weights[2]), Int32(weights[3]))
    let (first, second) = (start + rows[0], start + rows[1])
    let (third, fourth) = (start + rows[2], start + rows[3])
    // Plain pointers and one index, because code that can trap is not vectorized.
    for index in 0..<sums.count {
      sums[index] =
        sums[index] &+ a &* Int32(first[index]) &+ b &* Int32(second[index])
        &+ c &* Int32(third[index]) &+ d &* Int32(fourth[index])
    }
  }

  func resampledColumns(_ newWidth: Int, _ filter: ResizeFilter) -> Pixels {
    guard newWidth != width else { return self }
    let resample = ResampleWeights(from: width, to: newWidth, filter: filter)
    let channels = layout.channels
    let count = newWidth * height * channels
    let values = [UInt8](unsafeUninitializedCapacity: count) { into, initialized in
      bytes.withUnsafeBufferPointer { from in
        for y in 0..<height {
          let source = y * width * channels
          let target = y * newWidth * channels
          if channels == 3 {
            resample.weigh(from, at: source, channels: 3, into: into, at: target)
          } else {
            resample.weigh(from, at: source, channels: 4, into: into, at: target)
          }
        }
      }
      initialized = count
    }
    return Pixels(unchecked: values, width: newWidth, height: height, layout: layout)
  }
}
