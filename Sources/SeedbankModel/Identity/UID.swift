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

  /// The same for bytes in memory.
  ///
  /// Code of other modules runs a generic function much more slowly.
  package init?(bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 16 else { return nil }
    high = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
    low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
  }

  /// Reads a uid of 32 hexadecimal digits, with or without hyphens, in upper or lower case.
  public init?(_ text: some StringProtocol) { self.init(String(text)) }

  /// The same for a whole string.
  package init?(_ text: String) {
    var text = text
    guard let uid = text.withUTF8({ UID(digits: $0) }) else { return nil }
    self = uid
  }

  private init?(digits: UnsafeBufferPointer<UInt8>) {
    var (high, low, count) = (UInt64(0), UInt64(0), 0)
    for character in digits where character != UInt8(ascii: "-") {
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
  public var description: String { withText { String(decoding: $0, as: UTF8.self) } }

  /// Calls `body` with the bytes of the description.
  func withText<Value>(_ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.length) { text in
      var place = 0
      for shift in stride(from: 120, through: 0, by: -8) {
        if shift == 88 || shift == 72 || shift == 56 || shift == 40 {
          text[place] = UInt8(ascii: "-")
          place += 1
        }
        let byte = UInt8(truncatingIfNeeded: (shift < 64 ? low : high) >> (shift & 63))
        text[place] = Hex.digit(byte >> 4)
        text[place + 1] = Hex.digit(byte & 15)
        place += 2
      }
      return body(UnsafeBufferPointer(text))
    }
  }

  /// The number of characters of the description.
  private static let length = 36

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
