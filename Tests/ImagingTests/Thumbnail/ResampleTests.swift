import Testing

@testable import SeedbankImaging

/// The resize, compared with its formulas value by value.
struct ResampleTests {
  static let sizes = [
    (1, 1), (2, 3), (3, 40), (5, 4), (6, 7), (17, 16), (31, 33), (64, 48), (97, 5),
  ]

  private static func noise(_ width: Int, _ height: Int, _ layout: Pixels.Layout) -> Pixels {
    var state = UInt64(width * 1000 + height)
    let bytes = (0..<width * height * layout.channels).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // Many extremes, so that the kernel exceeds the range of a byte.
      let value = UInt8(truncatingIfNeeded: state >> 40)
      return value < 80 ? 0 : value > 175 ? 255 : value
    }
    return Pixels(width: width, height: height, layout: layout, bytes: bytes)!
  }

  private static func weighted(_ resample: ResampleWeights, _ target: Int, _ value: (Int) -> UInt8)
    -> UInt8
  {
    let sum = (0..<resample.taps).reduce(1 << (ResampleWeights.bits - 1)) { sum, tap in
      let weight = Int(resample.weights[target * resample.taps + tap])
      return weight == 0 ? sum : sum + weight * Int(value(resample.starts[target] + tap))
    }
    return UInt8(clamping: sum >> ResampleWeights.bits)
  }

  @Test(
    "each value is the weighted sum of its source", arguments: sizes,
    [Pixels.Layout.rgb, .rgba])
  func passes(size: (width: Int, height: Int), layout: Pixels.Layout) {
    let source = Self.noise(size.width, size.height, layout)
    let channels = layout.channels
    for filter in [ResizeFilter.area, .lanczos] {
      for target in [1, 2, 3, 7, 16, 20, 65] {
        let rows = source.resampledRows(target, filter)
        let down = ResampleWeights(from: size.height, to: target, filter: filter)
        let columns = source.resampledColumns(target, filter)
        let across = ResampleWeights(from: size.width, to: target, filter: filter)
        let stride = size.width * channels
        #expect(
          target == size.height
            || rows.bytes.indices.allSatisfy { index in
              rows.bytes[index]
                == Self.weighted(down, index / stride) {
                  source.bytes[$0 * stride + index % stride]
                }
            })
        #expect(
          target == size.width
            || columns.bytes.indices.allSatisfy { index in
              let (y, x) = (index / (target * channels), index / channels % target)
              return columns.bytes[index]
                == Self.weighted(across, x) {
                  source.bytes[y * stride + $0 * channels + index % channels]
                }
            })
      }
    }
  }

  @Test(
    "the mean of a block is rounded",
    arguments: [(1, 2), (2, 1), (2, 2), (3, 5), (64, 64), (300, 70)],
    [Pixels.Layout.rgb, .rgba])
  func means(block: (across: Int, down: Int), layout: Pixels.Layout) {
    let source = Self.noise(block.across * 3, block.down * 2, layout)
    let channels = layout.channels
    let means = source.means(of: PixelBlock(across: block.across, down: block.down))
    #expect(means.width == 3 && means.height == 2)
    let area = block.across * block.down
    for (index, mean) in means.bytes.enumerated() {
      let (y, x, channel) = (index / (3 * channels), index / channels % 3, index % channels)
      var sum = area / 2
      for row in y * block.down..<(y + 1) * block.down {
        for column in x * block.across..<(x + 1) * block.across {
          sum += Int(source.bytes[(row * source.width + column) * channels + channel])
        }
      }
      #expect(Int(mean) == sum / area)
    }
  }

  @Test("a very long side that no block divides is reduced before it is resampled")
  func longSides() {
    let length = 1_000_003
    let bytes =
      [UInt8](repeating: 40, count: 3 * (length / 2))
      + [UInt8](repeating: 200, count: 3 * (length - length / 2))
    for isWide in [true, false] {
      let (width, height) = isWide ? (length, 1) : (1, length)
      let source = Pixels(width: width, height: height, layout: .rgb, bytes: bytes)!
      let reduced = source.reducingLongSides(to: isWide ? (320, 1) : (1, 320))
      #expect(max(reduced.width, reduced.height) <= 3 * 320)
      #expect(min(reduced.width, reduced.height) == 1)
      let small = source.fitted(longSide: 320)
      #expect(small.width == (isWide ? 320 : 1) && small.height == (isWide ? 1 : 320))
      #expect(small.bytes.first == 40 && small.bytes.last == 200)
      let mean = small.bytes.reduce(0) { $0 + Int($1) } / small.bytes.count
      #expect(abs(mean - 120) <= 1)
    }
  }

  @Test(
    "every sum of a block gives the exact quotient", arguments: [2, 3, 4, 6, 7, 9, 15, 48, 61, 63])
  func quotients(side: Int) {
    // A block of each sum that a grey block can have, in steps that reach all remainders.
    let area = side * side
    var bytes: [UInt8] = []
    let sums = stride(from: 0, through: 255 * area, by: max(255 * area / 500, 1)).map { $0 }
    for row in 0..<side {
      for sum in sums {
        for column in 0..<side {
          let position = row * side + column
          let value = sum / area + (position < sum % area ? 1 : 0)
          bytes += [UInt8(value), UInt8(value), UInt8(value)]
        }
      }
    }
    let source = Pixels(width: side * sums.count, height: side, layout: .rgb, bytes: bytes)!
    let means = source.means(of: PixelBlock(across: side, down: side))
    #expect(
      sums.enumerated().allSatisfy {
        means.bytes[3 * $0.offset] == UInt8(($0.element + area / 2) / area)
      })
  }
}
