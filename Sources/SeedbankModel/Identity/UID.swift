/// A UUID of version 7, which identifies a generation in all libraries.
///
/// The first 48 bits are the time in milliseconds, so uids sort by creation (RFC 9562, section
/// 5.7).
public struct UID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  package let high: UInt64
  package let low: UInt64

  /// Makes a new uid for `time`; its other 74 bits are random.
  public init(at time: Timestamp, using random: inout some RandomNumberGenerator) {
    let milliseconds = UInt64(max(0, time.milliseconds)) & 0xFFFF_FFFF_FFFF
    high = milliseconds << 16 | 0x7000 | UInt64.random(in: 0...0xFFF, using: &random)
    low = 0x8000_0000_0000_0000 | UInt64.random(in: 0...0x3FFF_FFFF_FFFF_FFFF, using: &random)
  }

  /// Makes a uid from its bytes; nil unless there are 16 of them.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    low = bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Reads a uid of 32 hexadecimal digits, with or without hyphens, in upper or lower case.
  public init?(_ text: some StringProtocol) {
    var (high, low, count) = (UInt64(0), UInt64(0), 0)
    for character in text.utf8 where character != UInt8(ascii: "-") {
      guard let digit = Hex.value(of: character), count < 32 else { return nil }
      high = high << 4 | low >> 60
      low = low << 4 | UInt64(digit)
      count += 1
    }
    guard count == 32 else { return nil }
    (self.high, self.low) = (high, low)
  }

  /// The 16 bytes, most significant first.
  public var bytes: [UInt8] {
    withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
  }

  /// The usual form: 8-4-4-4-12 lower-case hexadecimal digits.
  public var description: String {
    String(unsafeUninitializedCapacity: 36) { text in
      var place = 0
      for digit in 0..<32 {
        if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
          text[place] = UInt8(ascii: "-")
          place += 1
        }
        let word = digit < 16 ? high : low
        text[place] = Hex.digit(UInt8(truncatingIfNeeded: word >> (60 - 4 * (digit % 16)) & 15))
        place += 1
      }
      return place
    }
  }

  /// Orders ids by their bytes.
  public static func < (left: Self, right: Self) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  /// Reads the value from its text form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let uid = UID(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a uid is 32 hexadecimal digits")
    }
    self = uid
  }

  /// Writes the value in its text form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
