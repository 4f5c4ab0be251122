/// Reads the fixed-width numbers at the start of a timestamp.
package struct DigitScanner {
  private var rest: Substring.UTF8View

  package init(_ text: some StringProtocol) { rest = Substring(text).utf8 }

  package var isAtEnd: Bool { rest.isEmpty }

  package mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  /// Reads the number of the next `width` characters; nil if they are not all digits.
  package mutating func number(_ width: Int) -> Int64? {
    guard rest.count >= width else { return nil }
    var value: Int64 = 0
    for digit in rest.prefix(width) {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int64(digit - UInt8(ascii: "0"))
    }
    rest.removeFirst(width)
    return value
  }

  /// Reads the first `digits` decimals of a fraction of any length; nil if the text does not start
  /// with a fraction.
  package mutating func fraction(digits: Int) -> Int64? {
    var value: Int64 = 0
    var count = 0
    while let digit = number(1) {
      if count < digits { value = value * 10 + digit }
      count += 1
    }
    guard count > 0 else { return nil }
    for _ in 0..<max(0, digits - count) { value *= 10 }
    return value
  }

  /// Reads an offset from UTC in minutes: `Z`, `+02:00`, `-0330`.
  package mutating func offset() -> Int64? {
    if skip("Z") || skip("z") { return 0 }
    let sign: Int64
    if skip("+") {
      sign = 1
    } else if skip("-") {
      sign = -1
    } else {
      return nil
    }
    guard let hours = number(2), hours < 24 else { return nil }
    _ = skip(":")
    guard let minutes = number(2), minutes < 60 else { return nil }
    return sign * (hours * 60 + minutes)
  }
}
