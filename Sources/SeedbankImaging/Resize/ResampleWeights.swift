/// For each target position along one axis, the source positions and their weights.
struct ResampleWeights {
  /// Weights are integers that add up to 2^14 for each target, so flat areas keep their value.
  static let bits = 14

  /// The first source position of each target.
  private(set) var starts: [Int] = []
  /// `taps` weights for each target, padded with zeros.
  private(set) var weights: [Int16] = []
  /// A multiple of 4, so that four are processed at a time.
  ///
  /// Those beyond the source have the weight 0.
  let taps: Int
  /// The number of them with a weight.
  let reach: Int

  init(from source: Int, to target: Int, filter: ResizeFilter) {
    let scale = Double(source) / Double(target)
    // When the image is reduced, the kernel grows with the scale, so that every source pixel is used.
    let stretch = max(scale, 1)
    let radius = filter.radius * stretch
    reach = min(source, Int(radius.rounded(.up)) * 2 + 1)
    taps = (reach + 3) / 4 * 4
    starts.reserveCapacity(target)
    weights.reserveCapacity(target * taps)
    for position in 0..<target {
      let center = (Double(position) + 0.5) * scale
      let first = min(max(Int((center - radius + 0.5).rounded(.down)), 0), source - reach)
      let values = (first..<first + reach).map { index in
        filter.weight((Double(index) + 0.5 - center) / stretch)
      }
      starts.append(first)
      weights += Self.integers(values)
      weights += repeatElement(0, count: taps - reach)
    }
  }

  private static func integers(_ values: [Double]) -> [Int16] {
    let one = Double(1 << bits)
    let sum = values.reduce(0, +)
    var integers = values.map { Int(($0 / sum * one).rounded()) }
    let largest = integers.indices.max { integers[$0] < integers[$1] } ?? 0
    integers[largest] += (1 << bits) - integers.reduce(0, +)
    return integers.map { Int16(clamping: $0) }
  }

  /// Four weights of a target, starting at `tap`.
  func weights(of target: Int, from tap: Int) -> SIMD4<Int16> {
    let start = target * taps + tap
    return SIMD4(weights[start], weights[start + 1], weights[start + 2], weights[start + 3])
  }

  /// Resamples one row.
  ///
  /// `channels` is a constant at every call, so that the compiler unrolls the loops.
  @inline(__always)
  func weigh(
    _ from: UnsafeBufferPointer<UInt8>, at source: Int, channels: Int,
    into: UnsafeMutableBufferPointer<UInt8>, at target: Int
  ) {
    let shift = Int32(Self.bits)
    weights.withUnsafeBufferPointer { weights in
      for (x, start) in starts.enumerated() {
        var sums = (Int32(1) << (shift - 1), Int32(1) << (shift - 1), Int32(1) << (shift - 1))
        var alpha = sums.0
        var position = source + start * channels
        for tap in x * taps..<x * taps + reach {
          let weight = Int32(weights[tap])
          sums.0 &+= weight &* Int32(from[position])
          sums.1 &+= weight &* Int32(from[position &+ 1])
          sums.2 &+= weight &* Int32(from[position &+ 2])
          if channels == 4 { alpha &+= weight &* Int32(from[position &+ 3]) }
          position &+= channels
        }
        let place = target + x * channels
        into[place] = UInt8(clamping: sums.0 >> shift)
        into[place + 1] = UInt8(clamping: sums.1 >> shift)
        into[place + 2] = UInt8(clamping: sums.2 >> shift)
        if channels == 4 { into[place + 3] = UInt8(clamping: alpha >> shift) }
      }
    }
  }
}
