/// A 64-bit digest (FNV-1a, finished by SplitMix64) for names and images, not for security.
struct Digest64: Sendable {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  init(_ seed: UInt64 = 0) { self = adding(seed) }

  func adding(_ bytes: some Sequence<UInt8>) -> Digest64 {
    var copy = self
    for byte in bytes { copy.state = (copy.state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    // A byte that no text contains distinguishes ("ab", "c") from ("a", "bc").
    copy.state = (copy.state ^ 0xff) &* 0x0000_0100_0000_01b3
    return copy
  }

  func adding(_ text: String) -> Digest64 { adding(text.utf8) }

  func adding(_ number: UInt64) -> Digest64 {
    adding((0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) })
  }

  func adding(_ number: Int) -> Digest64 { adding(UInt64(bitPattern: Int64(number))) }

  var value: UInt64 { SeededNumbers.finish(state) }

  /// 16 lower-case hexadecimal digits.
  var hexadecimal: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// A seeded random sequence (SplitMix64: Steele, Lea and Flood, 2014).
struct SeededNumbers: Sendable {
  private var state: UInt64

  init(_ digest: Digest64) { state = digest.value }

  static func finish(_ input: UInt64) -> UInt64 {
    var z = input
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return Self.finish(state)
  }

  /// In 0..<1.
  mutating func unit() -> Float { Float(next() >> 40) * 0x1p-24 }

  mutating func float(_ range: ClosedRange<Float>) -> Float {
    range.lowerBound + unit() * (range.upperBound - range.lowerBound)
  }

  mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }
}
