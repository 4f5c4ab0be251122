import Foundation
import Testing

@testable import SeedbankQuery
@testable import SeedbankStorage

@Suite("Folding of text") struct TextFoldingTests {
  private func folded(_ text: String) -> String {
    var folding = TextFolding()
    folding.append(text)
    return String(decoding: folding.bytes, as: UTF8.self)
  }

  @Test(
    "Case, accents, ligatures and compatibility forms fold as documented",
    arguments: [
      ("Hello, WORLD!", "hello world"), ("Été naïve", "ete naive"),
      ("e\u{301}te\u{301}", "ete"), ("Straße STRASSE", "strasse strasse"),
      ("Łódź, Ærø, Œuvre", "lodz aero oeuvre"), ("ＦＵＬＬ４Ｋ", "full4k"), ("x² ﬁn", "x2 fin"),
      ("Ελλάδος ΕΛΛΆΔΟΣ", "ελλαδοσ ελλαδοσ"), ("Ёлка йод", "елка йод"), ("и\u{306}од", "йод"),
      ("cat's don’t", "cat s don t"), ("close-up_of 3.5", "close up of 3 5"),
      ("שָׁלוֹם", "שלום"), ("أَهْلًا", "اهلا"), ("नमस्ते", "नमस्ते"),
      ("co\u{AD}operate", "cooperate"), ("İstanbul ıssız", "istanbul issiz"), ("\u{E001}a", "a"),
      ("a\u{0}b\u{200B}c", "a b c"), ("", ""), ("…—!", ""),
    ])
  func words(_ text: String, _ expected: String) {
    #expect(folded(text) == expected)
  }

  @Test(
    "Chinese, Japanese and Korean are folded to pairs of characters and the last character",
    arguments: [
      ("猫咪在", "猫咪 咪在 在"), ("猫", "猫"), ("a猫b", "a 猫 b"), ("𠮷野", "𠮷野 野"),
      ("カメラ", "カメ メラ ラ"), ("ｶﾒﾗ", "カメ メラ ラ"), ("か\u{3099}く", "がく く"), ("ｶﾞ", "ガ"),
      ("한국", "한국 국"), ("\u{1112}\u{1161}\u{11AB}국", "한국 국"), ("猫、犬", "猫 犬"),
      ("สวย", "สว วย ย"),
    ])
  func runs(_ text: String, _ expected: String) {
    #expect(folded(text) == expected)
  }

  @Test(
    "emoji are separate words, with any joiners and colours",
    arguments: [
      ("cat🐱cat", "cat 🐱 cat"), ("👩‍🎨", "👩 🎨"), ("👍🏽", "👍"), ("❤️", "❤"), ("🇫🇷", "🇫 🇷"),
      ("1️⃣", "1"), ("5€", "5 €"), ("™", "™"), ("≠ ↛", "→"),
    ])
  func symbols(_ text: String, _ expected: String) {
    #expect(folded(text) == expected)
  }

  /// Foundation decomposes the text here, so that the result does not depend on Seedbank's table.
  @Test("Composed and decomposed text fold to the same")
  func canonicalEquivalence() {
    let different = (0xA0...0x2FFF).compactMap(Unicode.Scalar.init).filter { scalar in
      let text = String(Character(scalar))
      return folded(text) != folded(text.decomposedStringWithCanonicalMapping)
    }
    #expect(different.isEmpty)
  }

  @Test("Long words are cut, in the index as in the query")
  func longWords() {
    #expect(folded(String(repeating: "a", count: 1_000)).utf8.count == TextFolding.longestToken)
    #expect(folded(String(repeating: "é猫", count: 3)) == "e 猫 e 猫 e 猫")
    #expect(folded(String(repeating: "я", count: 1_000)).utf8.count <= TextFolding.longestToken)
  }

  @Test("a facet of ASCII characters has the same token as one with other characters before it")
  func facetsOfASCII() {
    let all = (0..<0x80).compactMap(Unicode.Scalar.init).map(Character.init)
    for text in all.map({ "x\($0)y" }) + [String(all), "", "client/Acme 2"] {
      // The accent is folded, so one byte is added.
      let other = FacetToken.folded("é" + text)
      #expect(other.first == UInt8(ascii: "e"))
      #expect(Array(other.dropFirst()) == FacetToken.folded(text), "\(text.debugDescription)")
      #expect(FacetToken.folded(text[...]) == FacetToken.folded(text))
    }
    #expect(FacetToken.folded(String(repeating: "a", count: 2_000)).count == 1_001)
    let long = String(repeating: "A/", count: 1_000)
    #expect(
      FacetToken.folded("é" + long).starts(
        with: [UInt8(ascii: "e")] + FacetToken.folded(long).dropLast(8)))
  }
}
