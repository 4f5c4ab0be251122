/// The SplitMix64 generator: numbers that look random and are the same in every run.
///
/// It is described by Steele, Lea and Flood, 2014.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Returns text of characters that parsers and writers often handle wrongly.
  mutating func awkwardText() -> String {
    let pieces = [
      "cat", "\"", "\\", "\n", "\t", "\u{1}", "\u{7f}", "\u{9b}31m", "é", "猫", "👩‍👩‍👧", "\u{2028}", ",",
      ";", "{", "]", "'", "=1+1", " ", "%s", "<b>", "\u{feff}",
    ]
    let count = Int.random(in: 0...6, using: &self)
    return "x" + (0..<count).map { _ in pieces.randomElement(using: &self) ?? "" }.joined()
  }

  mutating func maybe<Value>(_ value: (inout Seeded) -> Value) -> Value? {
    Bool.random(using: &self) ? value(&self) : nil
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
  }
}
