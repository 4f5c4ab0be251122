import CImageCodecs

extension Pixels {
  /// The rounded mean of each block; the image itself if its sides are not multiples.
  func means(of block: PixelBlock) -> Pixels {
    guard block.reduces((width, height)) else { return self }
    let (columns, rows) = (width / block.across, height / block.down)
    let count = columns * rows * layout.channels
    let means = [UInt8](unsafeUninitializedCapacity: count) { into, initialized in
      bytes.withUnsafeBufferPointer { from in
        sb_block_means(
          from.baseAddress, columns, rows, block.across, block.down, Int32(layout.channels),
          into.baseAddress)
      }
      initialized = count
    }
    return Pixels(unchecked: means, width: columns, height: rows, layout: layout)
  }
}
