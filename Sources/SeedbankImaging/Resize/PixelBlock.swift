/// A block of pixels that are averaged before a resize.
///
/// At least 1.5 times the size of the result remains. The cost of the kernel grows with the scale, so this is faster,
/// and the result is nearly the same.
struct PixelBlock: Equatable {
  /// The largest block along one axis, so that the sum of a block fits into 32 bits.
  private static let longestSide = 2048
  /// The length of a block from which a side is reduced even if it is not a multiple.
  ///
  /// Only sides of unusual images are 384 times longer than their targets.
  static let longBlock = 256

  let across: Int
  let down: Int

  /// Makes a block of at most 2^23 pixels.
  init(across: Int, down: Int) {
    self.across = across
    self.down = down
  }

  /// The block for a resize.
  init(from size: (width: Int, height: Int), to target: (width: Int, height: Int)) {
    across = min(max(size.width * 2 / (target.width * 3), 1), Self.longestSide)
    down = min(max(size.height * 2 / (target.height * 3), 1), Self.longestSide)
  }

  /// Whether a resize reduces an image of this size to the means of blocks first.
  func reduces(_ size: (width: Int, height: Int)) -> Bool {
    (across > 1 || down > 1) && size.width.isMultiple(of: across)
      && size.height.isMultiple(of: down)
  }
}
