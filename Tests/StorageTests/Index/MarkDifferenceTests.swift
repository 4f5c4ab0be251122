import TestRandomness
import Testing

@testable import SeedbankQuery

@Suite("The difference of marks") struct MarkDifferenceTests {
  private func bytes(_ tokens: [String]) -> [UInt8] { tokens.flatMap { Array((" " + $0).utf8) } }

  private func tokens(_ bytes: some Sequence<UInt8>) -> [String] {
    String(decoding: Array(bytes), as: UTF8.self).split(separator: " ").map(String.init)
  }

  @Test("is the token that was added, removed or replaced")
  func examples() {
    func difference(_ old: [String], _ new: [String]) -> [[String]] {
      let found = MarkDifference(from: bytes(old), to: bytes(new))
      return [tokens(found.removed), tokens(found.added)]
    }
    #expect(difference([], []) == [[], []])
    #expect(difference(["a"], ["a"]) == [[], []])
    #expect(difference([], ["a"]) == [[], ["a"]])
    #expect(difference(["a"], []) == [["a"], []])
    #expect(difference(["a", "c"], ["a", "b", "c"]) == [[], ["b"]])
    #expect(difference(["ab"], ["ab", "abc"]) == [[], ["abc"]])
    #expect(difference(["abc"], ["ab"]) == [["abc"], ["ab"]])
    #expect(difference(["a1", "x"], ["b1", "x"]) == [["a1"], ["b1"]])
    // One of two equal tokens cannot be removed alone.
    #expect(difference(["p", "a", "p", "b"], ["p", "a"]) == [["p", "p", "b"], ["p"]])
  }

  @Test("turns the old marks into the new ones, although FTS5 removes every occurrence of a token")
  func property() {
    var random = SeededGenerator(seed: 31)
    let words = ["a", "b", "ab", "ba", "abc", "\u{e003}1", "\u{e003}12"]
    for _ in 0..<5_000 {
      func some() -> [String] {
        (0..<Int.random(in: 0...6, using: &random)).compactMap { _ in
          words.randomElement(using: &random)
        }
      }
      let (old, new) = (some(), some())
      let difference = MarkDifference(from: bytes(old), to: bytes(new))
      let removed = Set(tokens(difference.removed))
      let entry = old.filter { !removed.contains($0) } + tokens(difference.added)
      #expect(entry.sorted() == new.sorted(), "\(old) to \(new)")
      if old == new { #expect(difference.isEmpty) }
    }
  }
}
