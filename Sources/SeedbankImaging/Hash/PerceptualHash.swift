/// A 64-bit fingerprint of the appearance of an image.
///
/// Resizing, recompression and another format change few bits. The fewer bits differ, the more
/// similar two images are.
///
/// The DCT hash of Christoph Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions"
/// (2010), 3.2.1: luma on 32 × 32, a two-dimensional DCT-II, the 8 × 8 lowest frequencies without row and
/// column zero, one bit each: above the median or not. Without those two, mean brightness and simple
/// gradients have no effect. The reduction uses area means, while Zauner filters and then samples. All
/// arithmetic uses integers, so equal pixels give equal hashes on every computer. Orientation must be
/// applied before; alpha is shown on white.
public struct PerceptualHash: RawRepresentable, Hashable, Sendable {
  /// Coefficient (u, v), both 1…8, is bit `63 − (8·(v − 1) + (u − 1))`; u runs across.
  public let rawValue: UInt64

  /// Makes a hash from its 64 bits.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// The length of the longer side, in pixels, above which more detail does not change the hash: eight
  /// pixels for each cell of its grid.
  public static let sufficientSide = 8 * LumaGrid.side

  /// The hash of an upright image.
  public init(_ pixels: Pixels) {
    let coefficients = Self.lowFrequencies(of: LumaGrid(pixels))
    let sorted = coefficients.sorted()
    // Twice the median, to stay in integers.
    let median = sorted[31] + sorted[32]
    rawValue = coefficients.reduce(0) { $0 << 1 | ($1 * 2 > median ? 1 : 0) }
  }

  /// The number of bits, of 64, that differ: 0 for equal images, about 32 for unrelated ones.
  public func distance(to other: PerceptualHash) -> Int {
    (rawValue ^ other.rawValue).nonzeroBitCount
  }

  /// An image without any structure, such as a single colour.
  ///
  /// All of them have this hash, so it does not show similarity.
  public var isFeatureless: Bool { rawValue == 0 }

  /// Coefficients (1…8, 1…8) of the DCT-II, row by row, all with the same scale.
  private static func lowFrequencies(of grid: LumaGrid) -> [Int64] {
    let side = LumaGrid.side
    let across = (0..<side).flatMap { y in
      (0..<8).map { u in
        (0..<side).reduce(Int64(0)) { $0 + grid.cells[y * side + $1] * CosineTable.rows[u][$1] }
          >> 14
      }
    }
    return (0..<8).flatMap { v in
      (0..<8).map { u in
        (0..<side).reduce(Int64(0)) { $0 + across[$1 * 8 + u] * CosineTable.rows[v][$1] } >> 14
      }
    }
  }
}

extension Picture {
  /// The hash of the upright image.
  public var perceptualHash: PerceptualHash { PerceptualHash(upright) }
}
