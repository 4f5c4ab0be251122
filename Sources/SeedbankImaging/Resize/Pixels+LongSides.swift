import CImageCodecs

extension Pixels {
  /// The image with the means of blocks along each side that is hundreds of times longer than its target.
  ///
  /// The weights of such a side would need more memory than the image. A remainder that is shorter than a block is
  /// dropped: at most two thirds of a target pixel. An image that blocks divide stays as it is.
  func reducingLongSides(to target: (width: Int, height: Int)) -> Pixels {
    let block = PixelBlock(from: (width, height), to: target)
    guard !block.reduces((width, height)) else { return self }
    var reduced = self
    if block.across >= PixelBlock.longBlock { reduced = reduced.means(across: block.across) }
    if block.down >= PixelBlock.longBlock { reduced = reduced.means(down: block.down) }
    return reduced
  }

  private func means(across: Int) -> Pixels {
    let columns = width / across
    let (from, into) = (width * layout.channels, columns * layout.channels)
    return reduced(toWidth: columns, height: height) { source, target in
      for row in 0..<height {
        sb_block_means(
          source + row * from, columns, 1, across, 1, Int32(layout.channels), target + row * into)
      }
    }
  }

  private func means(down: Int) -> Pixels {
    let rows = height / down
    return reduced(toWidth: width, height: rows) { source, target in
      sb_block_means(source, width, rows, 1, down, Int32(layout.channels), target)
    }
  }

  private func reduced(
    toWidth newWidth: Int, height newHeight: Int,
    _ write: (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>) -> Void
  ) -> Pixels {
    let count = newWidth * newHeight * layout.channels
    let values = [UInt8](unsafeUninitializedCapacity: count) { into, initialized in
      bytes.withUnsafeBufferPointer { from in
        guard let source = from.baseAddress, let target = into.baseAddress else { return }
        write(source, target)
        initialized = count
      }
    }
    return Pixels(unchecked: values, width: newWidth, height: newHeight, layout: layout)
  }
}
