import TestRandomness

extension SeededGenerator {
  /// Returns text of characters that parsers and writers often handle wrongly.
  mutating func awkwardText() -> String {
    let pieces = [
      "cat", "\"", "\\", "\n", "\t", "\u{1}", "\u{7f}", "\u{9b}31m", "é", "猫", "👩‍👩‍👧", "\u{2028}", ",",
      ";", "{", "]", "'", "=1+1", " ", "%s", "<b>", "\u{feff}",
    ]
    let count = Int.random(in: 0...6, using: &self)
    return "x" + (0..<count).map { _ in pieces.randomElement(using: &self) ?? "" }.joined()
  }

  mutating func maybe<Value>(_ value: (inout SeededGenerator) -> Value) -> Value? {
    Bool.random(using: &self) ? value(&self) : nil
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
  }
}
