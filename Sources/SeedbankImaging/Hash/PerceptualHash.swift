/// A 64-bit fingerprint of how an image looks, which survives resizing, recompression and another
/// format: the fewer bits differ, the more alike.
///
/// The DCT hash of Christoph Zauner, "Implementation and Benchmarking of Perceptual Image Hash
/// Functions" (2010), 3.2.1: luma on 32 × 32, a two-dimensional DCT-II, the 8 × 8 lowest
/// frequencies without row and column zero, one bit each: above the median or not. Without those
/// two, mean brightness and plain gradients do not count. The reduction is an area mean here,
/// where Zauner filters and then samples. All arithmetic is in integers: equal pixels give equal
/// hashes on every machine. Orientation must be applied before; alpha is shown on white.
public struct PerceptualHash: RawRepresentable, Hashable, Sendable {
  /// Coefficient (u, v), both 1…8, is bit `63 − (8·(v − 1) + (u − 1))`; u runs across.
  public let rawValue: UInt64

  /// Makes a hash from its 64 bits.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// The long side, in pixels, from which on more detail tells the hash nothing: eight pixels for each
  /// cell of its grid.
  public static let sufficientSide = 8 * LumaGrid.side

  /// The hash of an image that stands upright.
  public init(_ pixels: Pixels) {
    let coefficients = Self.lowFrequencies(of: LumaGrid(pixels))
    let sorted = coefficients.sorted()
    // Twice the median, to stay in integers.
    let median = sorted[31] + sorted[32]
    rawValue = coefficients.reduce(0) { $0 << 1 | ($1 * 2 > median ? 1 : 0) }
  }

  /// How many of the 64 bits differ: 0 alike, around 32 unrelated.
  public func distance(to other: PerceptualHash) -> Int {
    (rawValue ^ other.rawValue).nonzeroBitCount
  }

  /// An image without any structure, such as a single colour. All of them share this hash, so
  /// it says nothing about likeness.
  public var isFeatureless: Bool { rawValue == 0 }

  /// Coefficients (1…8, 1…8) of the DCT-II, row by row, all scaled alike.
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
  /// The hash of the image as shown.
  public var perceptualHash: PerceptualHash { PerceptualHash(upright) }
}
