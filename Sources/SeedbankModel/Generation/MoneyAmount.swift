/// An exact amount of money, in millionths of the currency's unit.
public struct MoneyAmount: Hashable, Sendable {
  /// 30000 is 0.03.
  public let microunits: Int64

  /// Creates an amount from millionths of the currency's unit.
  public init(microunits: Int64) { self.microunits = microunits }

  /// Reads a decimal number: `25`, `0.03`, `3e-2`.
  ///
  /// Returns nil if the text is not a number, has more than six decimals or is too large.
  public init?(_ text: some StringProtocol) {
    var digits: Int64 = 0
    var scale = 6
    var count = 0
    let bytes = Array(text.utf8)
    let isNegative = bytes.first == UInt8(ascii: "-")
    let body = bytes.dropFirst(isNegative ? 1 : 0)
    let exponent = body.firstIndex { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
    var hasPoint = false
    for byte in body[..<(exponent ?? body.endIndex)] {
      if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
        continue
      }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      let (product, overflows) = digits.multipliedReportingOverflow(by: 10)
      let (sum, exceeds) = product.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
      guard !overflows, !exceeds else { return nil }
      digits = sum
      count += 1
      if hasPoint { scale -= 1 }
    }
    guard count > 0 else { return nil }
    if let exponent {
      let digits = String(decoding: body[(exponent + 1)...], as: UTF8.self)
      guard let power = Int(digits), power.magnitude < 100 else { return nil }
      scale += power
    }
    if digits == 0 { scale = 0 }
    while scale > 0 {
      let (product, overflows) = digits.multipliedReportingOverflow(by: 10)
      guard !overflows else { return nil }
      digits = product
      scale -= 1
    }
    while scale < 0 {
      guard digits.isMultiple(of: 10) else { return nil }
      digits /= 10
      scale += 1
    }
    microunits = isNegative ? -digits : digits
  }
}

extension MoneyAmount: CustomStringConvertible {
  /// The amount in decimal digits without zeros at the end: `0.03`.
  public var description: String {
    let (whole, rest) = microunits.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    let sign = microunits < 0 ? "-" : ""
    guard rest > 0 else { return "\(sign)\(whole)" }
    var decimals = String(String(rest + 1_000_000).dropFirst())
    while decimals.hasSuffix("0") { decimals.removeLast() }
    return "\(sign)\(whole).\(decimals)"
  }
}

extension MoneyAmount: Comparable {
  /// Returns whether the left amount is smaller.
  public static func < (left: Self, right: Self) -> Bool { left.microunits < right.microunits }
}
