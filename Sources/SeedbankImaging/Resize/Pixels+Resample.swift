import CImageCodecs

/// The two passes of a resize, in integers.
extension Pixels {
  func resampledRows(_ newHeight: Int, _ filter: ResizeFilter) -> Pixels {
    guard newHeight != height else { return self }
    let resample = ResampleWeights(from: height, to: newHeight, filter: filter)
    let stride = width * layout.channels
    let values = [UInt8](unsafeUninitializedCapacity: stride * newHeight) { into, count in
      bytes.withUnsafeBufferPointer { from in
        resample.withWeights { weights in
          sb_resample_rows(from.baseAddress, stride, height, weights, into.baseAddress)
        }
      }
      count = stride * newHeight
    }
    return Pixels(unchecked: values, width: width, height: newHeight, layout: layout)
  }

  func resampledColumns(_ newWidth: Int, _ filter: ResizeFilter) -> Pixels {
    guard newWidth != width else { return self }
    let resample = ResampleWeights(from: width, to: newWidth, filter: filter)
    let stride = width * layout.channels
    let count = newWidth * height * layout.channels
    let values = [UInt8](unsafeUninitializedCapacity: count) { into, initialized in
      bytes.withUnsafeBufferPointer { from in
        resample.withWeights { weights in
          withUnsafeTemporaryAllocation(
            of: UInt8.self, capacity: stride + Int(sb_resample_margin(resample.taps))
          ) { scratch in
            sb_resample_columns(
              from.baseAddress, stride, height, Int32(layout.channels), weights,
              scratch.baseAddress, into.baseAddress)
          }
        }
      }
      initialized = count
    }
    return Pixels(unchecked: values, width: newWidth, height: height, layout: layout)
  }
}
