/// The difference between two images of the same size, for red, green and blue on the 8-bit scale.
public struct PixelDifference: Equatable, Sendable {
  /// The side of the square tiles.
  ///
  /// Those at the right and lower edge may be smaller.
  public static let tileSide = 16

  /// Mean of |a − b| over all pixels and channels, 0…255.
  public let meanAbsoluteError: Double
  /// Square root of the mean of (a − b)² over all pixels and channels, 0…255.
  public let rootMeanSquareError: Double
  /// The same over the worst tile.
  public let worstTileError: Double
  /// The left upper pixel of the worst tile; of several, the first in reading order.
  public let worstTile: PixelPosition

  /// The error of the worst tile relative to the image: 1 if the difference is equal everywhere or there
  /// is none, large if it is in one place.
  public var concentration: Double {
    rootMeanSquareError > 0 ? worstTileError / rootMeanSquareError : 1
  }

  init(
    meanAbsoluteError: Double, rootMeanSquareError: Double, worstTileError: Double,
    worstTile: PixelPosition
  ) {
    self.meanAbsoluteError = meanAbsoluteError
    self.rootMeanSquareError = rootMeanSquareError
    self.worstTileError = worstTileError
    self.worstTile = worstTile
  }

  /// Both images must have the same size; alpha is shown on white.
  init(_ first: Pixels, _ second: Pixels) {
    let a = first.overWhite()
    let b = second.overWhite()
    let tile = Self.tileSide
    let width = a.width
    let tilesAcross = (width + tile - 1) / tile
    var absolute = 0
    var squared = 0
    var worst = (error: -1.0, x: 0, y: 0)
    a.bytes.withUnsafeBufferPointer { a in
      b.bytes.withUnsafeBufferPointer { b in
        for top in stride(from: 0, to: first.height, by: tile) {
          let bottom = min(top + tile, first.height)
          for column in 0..<tilesAcross {
            let left = column * tile
            let right = min(left + tile, width)
            var tileSquared = 0
            for y in top..<bottom {
              let sums = Self.sums(a, b, (y * width + left) * 3..<(y * width + right) * 3)
              absolute += Int(sums.absolute)
              tileSquared += Int(sums.squared)
            }
            squared += tileSquared
            let mean = Double(tileSquared) / Double((bottom - top) * (right - left) * 3)
            if mean > worst.error { worst = (mean, left, top) }
          }
        }
      }
    }
    let count = Double(a.bytes.count)
    meanAbsoluteError = Double(absolute) / count
    rootMeanSquareError = (Double(squared) / count).squareRoot()
    worstTileError = worst.error.squareRoot()
    worstTile = PixelPosition(x: worst.x, y: worst.y)
  }

  private static func sums(
    _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> (absolute: Int32, squared: Int32) {
    var absolute: Int32 = 0
    var squared: Int32 = 0
    for index in range {
      let difference = Int32(a[index]) &- Int32(b[index])
      absolute &+= abs(difference)
      squared &+= difference &* difference
    }
    return (absolute, squared)
  }
}

/// A position in an image, in pixels from its upper left corner.
public struct PixelPosition: Equatable, Sendable {
  /// Distance from the left edge.
  public let x: Int
  /// Distance from the upper edge.
  public let y: Int

  /// Makes a position from its distances.
  public init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}
