import CImageCodecs

/// For each target position along one axis, the source positions and their weights.
struct ResampleWeights {
  /// Weights are integers that add up to 2^14 for each target, so flat areas keep their value.
  static let bits = 14

  /// The first source position of each target.
  private(set) var starts: [Int] = []
  /// `taps` weights for each target, padded with zeros.
  private(set) var weights: [Int16] = []
  /// An even number, so that two are processed at a time.
  ///
  /// Those beyond the source have the weight 0.
  let taps: Int

  init(from source: Int, to target: Int, filter: ResizeFilter) {
    let scale = Double(source) / Double(target)
    // When the image is reduced, the kernel grows with the scale, so that every source pixel is used.
    let stretch = max(scale, 1)
    let radius = filter.radius * stretch
    let reach = min(source, Int(radius.rounded(.up)) * 2 + 1)
    taps = (reach + 1) / 2 * 2
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

  /// Calls `body` with the same values as C's code takes them.
  func withWeights(_ body: (UnsafePointer<sb_resample_weights>) -> Void) {
    starts.withUnsafeBufferPointer { starts in
      weights.withUnsafeBufferPointer { weights in
        var values = sb_resample_weights(
          starts: starts.baseAddress, weights: weights.baseAddress, count: starts.count, taps: taps)
        body(&values)
      }
    }
  }
}
