import TestRandomness
import Testing

@testable import SeedbankGallery

/// Texts that are read by bytes, compared with the same by characters.
struct ASCIITextTests {
  /// Random texts with separators, marks that join them, and line ends.
  private static let texts: [String] = {
    var random = SeededGenerator(seed: 7)
    let parts = [
      "a", "B", "9", " ", ":", ",", "_", "-", "\t", "\n", "\r", "\r\n", "\u{0B}", "\u{85}",
      "\u{2028}", "\u{301}", "\u{600}", "é", "猫", "\u{200D}", "\u{A0}", "\u{1F}",
    ]
    return (0..<4000).map { round in
      // Half of them without characters that are not ASCII.
      let some = round.isMultiple(of: 2) ? parts.filter { $0.utf8.count == 1 } : parts
      return (0..<Int.random(in: 0...12, using: &random))
        .map { _ in some.randomElement(using: &random)! }.joined()
    }
  }()

  @Test("separators are found where characters end")
  func separators() {
    for text in Self.texts {
      for part in [text[...], text.dropFirst(), text.dropLast(2)] {
        #expect(part.firstColon == part.firstIndex(of: ":"), "\(text.debugDescription)")
        #expect(part.firstNewline == part.firstIndex(where: \.isNewline))
      }
    }
  }

  @Test("names are folded and trimmed as by characters")
  func names() {
    for text in Self.texts {
      let front = text.drop(while: \.isWhitespace)
      let end = front.lastIndex { !$0.isWhitespace }
      #expect(text.trimmingWhitespace == end.map { String(front[...$0]) } ?? "")
      #expect(
        ForeignRecord.folded(text)
          == String(text.lowercased().filter { $0.isLetter || $0.isNumber }))
      #expect(
        A1111Reader.key(text)
          == String(text.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" }))
    }
  }

  @Test("a text of Fooocus whose name is escaped is recognized")
  func escapedName() throws {
    let text = "a lighthouse\nSteps: 30, Seed: 7, Size: 512x512, Version: \"\\u0046ooocus v2.5\""
    let record = try #require(ForeignRecord.read(ImageTexts(chunks: ["parameters": text])))
    #expect(record.tool == "fooocus")
  }
}
