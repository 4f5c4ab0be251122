/// The number from which an image service starts to generate an image.
///
/// Services and tools use different ranges: ComfyUI uses numbers up to 2⁶⁴ − 1, others use negative
/// numbers. A seed is any whole number from −2⁶³ to 2⁶⁴ − 1, and is always exact.
public struct ImageSeed: Hashable, Comparable, Sendable, CustomStringConvertible {
  private let number: Int128

  /// −2⁶³.
  public static let min = ImageSeed(Int64.min)
  /// 2⁶⁴ − 1.
  public static let max = ImageSeed(UInt64.max)

  /// Makes a seed from a whole number.
  public init(_ number: Int64) { self.number = Int128(number) }
  /// Makes a seed from a whole number.
  public init(_ number: UInt64) { self.number = Int128(number) }
  /// Makes a seed from a whole number.
  public init(_ number: Int) { self.number = Int128(number) }

  /// Reads decimal digits; nil if the text is not a number in the range.
  public init?(_ digits: some StringProtocol) {
    guard digits.utf8.first != UInt8(ascii: "+"), let number = Int128(digits) else { return nil }
    self.init(number)
  }

  package init?(_ number: Int128) {
    guard (Self.min.number...Self.max.number).contains(number) else { return nil }
    self.number = number
  }

  /// The decimal digits.
  public var description: String { String(number) }

  /// Orders values from small to large.
  public static func < (left: Self, right: Self) -> Bool { left.number < right.number }

  /// The seed as an `Int`; nil if it is out of the range of `Int`.
  public var int: Int? { Int(exactly: number) }

  /// Whether JavaScript, whose numbers have 53 bits, reads the digits as the same number.
  public var isExactInJavaScript: Bool { number.magnitude < 1 << 53 }
}

extension ImageSeed: ExpressibleByIntegerLiteral {
  /// Makes a seed from a literal.
  public init(integerLiteral number: Int64) { self.init(number) }
}

extension ImageSeed {
  /// The two columns of the catalog for the seed, of which one is NULL.
  ///
  /// `seed` contains a seed that fits into 64 bits with a sign. `seed_high` contains a greater seed
  /// minus 2⁶³.
  package var columns: (seed: Int64?, high: Int64?) {
    if let seed = Int64(exactly: number) { return (seed, nil) }
    return (nil, Int64(truncatingIfNeeded: number - Self.firstHigh))
  }

  /// The seed in the columns; nil if both are NULL, which means that it is not known.
  package init?(seed: Int64?, high: Int64?) {
    if let seed {
      self.init(seed)
    } else if let high, high >= 0 {
      self.init(Self.firstHigh + Int128(high))
    } else {
      return nil
    }
  }

  /// The first seed that `seed` cannot contain: 2⁶³.
  private static let firstHigh = Int128(1) << 63

  /// Returns the part of a range that each of the columns contains.
  package static func columns(
    of range: ClosedRange<ImageSeed>
  ) -> (seed: ClosedRange<Int64>?, high: ClosedRange<Int64>?) {
    let (first, last) = (range.lowerBound.number, range.upperBound.number)
    let seed =
      first < firstHigh
      ? Int64(truncatingIfNeeded: first)...Int64(truncatingIfNeeded: Swift.min(last, firstHigh - 1))
      : nil
    let high =
      last >= firstHigh
      ? Int64(
        truncatingIfNeeded: Swift.max(first, firstHigh) - firstHigh)...Int64(
          truncatingIfNeeded: last - firstHigh)
      : nil
    return (seed, high)
  }

  /// Returns the ranges of the seeds whose digits begin with `digits`, in ascending order for
  /// positive seeds.
  package static func ranges(beginning digits: String) -> [ClosedRange<ImageSeed>] {
    let isNegative = digits.hasPrefix("-")
    guard var first = Int128(isNegative ? String(digits.dropFirst()) : digits) else { return [] }
    let limit = isNegative ? -Self.min.number : Self.max.number
    var last = first
    var ranges: [ClosedRange<ImageSeed>] = []
    while first <= limit {
      let end = Swift.min(last, limit)
      let bounds = isNegative ? (-end, -first) : (first, end)
      if let lower = ImageSeed(bounds.0), let upper = ImageSeed(bounds.1) {
        ranges.append(lower...upper)
      }
      // Only 0 begins with the digit 0.
      guard first > 0 else { break }
      first *= 10
      last = last * 10 + 9
    }
    return ranges
  }
}

extension ImageSeed {
  /// The seed at a distance of `step`; nil if it is out of the range.
  package func advanced(by step: Int) -> ImageSeed? { ImageSeed(number + Int128(step)) }
}
