import CImageCodecs

extension Pixels {
  /// The largest block along one axis, so that the sum of a block fits into 32 bits.
  static let longestBlock = 2048

  /// The rounded mean of each block of `across × down` pixels, each at most `longestBlock`; the image itself if its
  /// sides are not multiples.
  func blockMeans(across: Int, down: Int) -> Pixels {
    guard across > 1 || down > 1, width.isMultiple(of: across), height.isMultiple(of: down)
    else { return self }
    let (columns, rows) = (width / across, height / down)
    let count = columns * rows * layout.channels
    let means = [UInt8](unsafeUninitializedCapacity: count) { into, initialized in
      bytes.withUnsafeBufferPointer { from in
        sb_block_means(
          from.baseAddress, columns, rows, across, down, Int32(layout.channels), into.baseAddress)
      }
      initialized = count
    }
    return Pixels(unchecked: means, width: columns, height: rows, layout: layout)
  }
}
