import Glibc

/// For each target position along one axis: which source positions count, and how much.
struct ResampleWeights {
  /// Weights are integers that add up to 2^14 for each target, so flat areas keep their value.
  static let bits = 14

  /// The first source position of each target.
  private(set) var starts: [Int] = []
  /// `taps` weights for each target, padded with zeros.
  private(set) var weights: [Int16] = []
  let taps: Int

  init(from source: Int, to target: Int, filter: ResizeFilter) {
    let scale = Double(source) / Double(target)
    // Made smaller, the kernel widens with the scale: every source pixel counts, none is skipped.
    let stretch = max(scale, 1)
    let radius = filter.radius * stretch
    taps = min(source, Int(radius.rounded(.up)) * 2 + 1)
    starts.reserveCapacity(target)
    weights.reserveCapacity(target * taps)
    for position in 0..<target {
      let center = (Double(position) + 0.5) * scale
      let first = min(max(Int((center - radius + 0.5).rounded(.down)), 0), source - taps)
      let values = (first..<first + taps).map { index in
        filter.weight((Double(index) + 0.5 - center) / stretch)
      }
      starts.append(first)
      weights += Self.integers(values)
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
}

/// How source pixels are weighed when a picture is resized.
public enum ResizeFilter: Sendable {
  /// Each target pixel is the mean of the source area that it covers.
  case area
  /// Lanczos with three lobes: sharper.
  case lanczos

  var radius: Double { self == .area ? 0.5 : 3 }

  func weight(_ x: Double) -> Double {
    switch self {
    case .area:
      return x > -0.5 && x <= 0.5 ? 1 : 0
    case .lanczos:
      if abs(x) < 1e-9 { return 1 }
      if abs(x) >= 3 { return 0 }
      let angle = Double.pi * x
      return 3 * sin(angle) * sin(angle / 3) / (angle * angle)
    }
  }
}
