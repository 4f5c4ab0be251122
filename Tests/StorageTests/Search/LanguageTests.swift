import Testing

@testable import SeedbankQuery

@Suite("Search in every language") struct LanguageTests {
  @Test("Every part of Chinese, Japanese and Korean text is found, at any length")
  func everySubstring() throws {
    let fixture = try SearchFixture()
    let texts = ["一只猫咪在窗台上睡觉", "夕焼けのカメラ写真", "한국의 가을 풍경", "cat猫咪 in東京tower", "𠮷野家で昼食"]
    for text in texts { try fixture.add(text) }
    for (index, text) in texts.enumerated() {
      let characters = Array(text)
      for start in characters.indices {
        for end in (start + 1)...characters.count {
          let part = String(characters[start..<end]).filter { !$0.isWhitespace || $0 == " " }
          guard !part.allSatisfy(\.isWhitespace), !cutsWord(characters, start, end) else {
            continue
          }
          let found = try fixture.find("\"\(part)\"")
          #expect(found.contains(Int64(index + 1)), "\(part)")
        }
      }
    }
    #expect(try fixture.find("猫犬").isEmpty)
    #expect(try fixture.find("咪猫").isEmpty)
    #expect(try fixture.find("東京 猫咪") == [4])
    #expect(try fixture.find("猫").count == 2)
  }

  /// Returns whether a match starts or ends inside a word of letters, which is found only as a
  /// whole.
  ///
  /// In scripts without spaces, a part of a run of characters is found.
  private func cutsWord(_ text: [Character], _ start: Int, _ end: Int) -> Bool {
    func isLatin(_ index: Int) -> Bool {
      text.indices.contains(index) && text[index].isASCII && text[index] != " "
    }
    return isLatin(start) && isLatin(start - 1) || isLatin(end - 1) && isLatin(end)
  }

  @Test("Case and accents fold in words, tags and fields")
  func folding() throws {
    let fixture = try SearchFixture()
    try fixture.add("Café in der Straße", tags: ["Élan/Été"]) {
      $0.parameters.model = "Modèle-X"
    }
    for query in [
      "cafe", "CAFÉ", "strasse", "STRASSE", "tag:elan", "tag:ÉLAN/ete", "ete", "model:modele-x",
      "model:MOD*", "\"cafe in\"",
    ] {
      #expect(try fixture.find(query) == [1], "\(query)")
    }
    #expect(try fixture.find("tag:=elan").isEmpty)
  }

  @Test("matched words are highlighted in the original text")
  func highlights() throws {
    func lit(_ query: String, _ text: String) throws -> [String] {
      try Query.parse(query).query.highlights(in: text).map { String(text[$0]) }
    }
    #expect(try lit("cafe -dog strasse", "Ein Café, Straße dog") == ["Café", "Straße"])
    #expect(try lit("\"close up\"", "A close-up!") == ["close-up"])
    #expect(try lit("fish*", "a fisheye lens") == ["fisheye"])
    #expect(try lit("猫", "一只猫咪") == ["猫"])
    #expect(try lit("猫咪", "一只猫咪在") == ["猫咪"])
    #expect(try lit("cat cats", "cat cats") == ["cat", "cats"])
    #expect(try lit("note:cat", "cat").isEmpty)
  }
}
