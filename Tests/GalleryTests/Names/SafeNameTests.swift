import SeedbankStorage
import TestRandomness
import Testing

@testable import SeedbankGallery

@Suite("Names for every file system") struct SafeNameTests {
  @Test(
    "characters that file systems refuse are replaced",
    arguments: [
      ("con", "_con.jpg"), ("CON.backup", "_CON.backup.jpg"), ("LPT¹", "_LPT¹.jpg"),
      ("console", "console.jpg"), ("..", "_.jpg"), (".hidden", "hidden.jpg"), ("-rf", "rf.jpg"),
      ("name. ", "name.jpg"), ("a<b>:\"|?*\\/c", "a_b________c.jpg"), ("", "_.jpg"),
      ("a\u{0}b\u{1B}[0m", "a_b_[0m.jpg"), ("\u{202E}gpj.exe", "gpj.exe.jpg"),
      ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦.jpg"), (".\u{301}hidden", "hidden.jpg"), ("-\u{301}rf", "rf.jpg"),
    ])
  func parts(stem: String, name: String) {
    #expect(SafeName.part(stem: stem, ending: ".jpg") == name)
  }

  @Test("names are cut between characters")
  func cuts() {
    let family = "👩‍👩‍👧‍👦"
    let name = SafeName.part(stem: String(repeating: family, count: 40), ending: ".jpg")
    #expect(name.utf8.count <= 255)
    #expect(name.dropLast(4).allSatisfy { String($0) == family })
    let marks = "a" + String(repeating: "\u{301}", count: 400)
    #expect(SafeName.part(stem: marks, ending: ".jpg") == "_.jpg")
  }

  @Test("a prompt becomes words with hyphens between them")
  func slugs() {
    #expect(SafeName.slug("A cat's eye; macro, 85mm!") == "A-cat-s-eye-macro-85mm")
    #expect(SafeName.slug("一只猫，水墨画") == "一只猫，水墨画")
    #expect(SafeName.slug("one two three", limit: 7) == "one-two")
    #expect(SafeName.slug("one two three", limit: 4) == "one")
    #expect(SafeName.slug("a \u{202E} b") == "a-b")
  }

  @Test("the fast slug equals the slow one, or is nil")
  func plainSlugs() {
    var random = SeededGenerator(seed: 12)
    for text in ["e\u{301}", "ab e\u{301}", "a\r\nb", "..a-b..", "a  b", ""] {
      for limit in 0...6 {
        let plain = SafeName.plainSlug(text, limit: limit)
        #expect(plain == nil || plain == SafeName.fullSlug(text, limit: limit))
      }
    }
    var taken = 0
    for _ in 0..<2000 {
      let text = ForeignText.text(&random)
      let limit = Bool.random(using: &random) ? nil : Int.random(in: 0...60, using: &random)
      guard let plain = SafeName.plainSlug(text, limit: limit) else { continue }
      taken += 1
      #expect(plain == SafeName.fullSlug(text, limit: limit), "\(text.debugDescription)")
    }
    #expect(taken > 200)
  }

  @Test("for any text, the path is safe, inside the folder, and the same each time")
  func anyText() throws {
    var random = SeededGenerator(seed: 6)
    let templates = try [
      "{prompt}-{seed}", "{tag}/{prompt:40}.{ext}", "{model}/{note}/{prompt}", "{tags} {prompt}",
      "x{prompt}/{id}", "{collection}/{prompt:200}",
    ].map { try NameTemplate($0) }
    for _ in 0..<2000 {
      let generation = Samples.generation(
        prompt: ForeignText.text(&random), tags: [ForeignText.text(&random)],
        model: ForeignText.text(&random), note: ForeignText.text(&random))
      var facts = Samples.facts(generation)
      facts.collections = [ForeignText.text(&random)]
      let grouping = Grouping.allCases.randomElement(using: &random)
      let template = templates.randomElement(using: &random) ?? .standard
      let path = template.draft(for: facts, under: grouping?.folders(facts) ?? []).path()
      #expect(path == template.draft(for: facts, under: grouping?.folders(facts) ?? []).path())
      #expect(RelativePath(checking: path.description) != nil)
      #expect(path.description.hasSuffix(".jpg"))
      for part in path.description.split(separator: "/", omittingEmptySubsequences: false) {
        expectSafe(String(part))
      }
    }
  }

  private func expectSafe(_ part: String) {
    #expect(!part.isEmpty && part.utf8.count <= 255, "\(part)")
    #expect(part != "." && part != ".." && part.last != "." && part.last != " ", "\(part)")
    let first = part.unicodeScalars.first
    #expect(first != "." && first != "-", "\(part)")
    #expect(!part.contains { "<>:\"|?*\\".contains($0) }, "\(part)")
    let forbidden = part.unicodeScalars.contains { scalar in
      let category = scalar.properties.generalCategory
      return category == .control || (0x202A...0x202E).contains(scalar.value)
        || (0x2066...0x2069).contains(scalar.value)
    }
    #expect(!forbidden, "\(part.debugDescription)")
    let stem = part.prefix { $0 != "." }.lowercased()
    #expect(!["con", "prn", "aux", "nul", "com1", "lpt9", "com¹"].contains(stem), "\(part)")
  }

  @Test(
    "a path from a record cannot leave the folder, also if marks follow its slashes",
    arguments: [
      "../x", "a/..", "a/../b", "../\u{301}x", "a/../\u{301}x", "../\u{301}a/../\u{301}b",
      "a//\u{301}b", "./\u{301}x", "/\u{301}x", "",
    ])
  func leavingPaths(text: String) {
    #expect(RelativePath(checking: text) == nil)
  }

  @Test("a slash separates the parts of a path, also before a combining mark")
  func marksAfterSlashes() throws {
    let path = try #require(RelativePath(checking: "a/\u{301}b"))
    #expect(path.name.utf8.elementsEqual("\u{301}b".utf8))
    #expect(path.folders.map(\.description) == ["a"])
  }

  @Test("URLs contain only unreserved characters")
  func urls() {
    #expect(RelativePath(parts: ["a b", "ü#?%.jpg"]).url == "a%20b/%C3%BC%23%3F%25.jpg")
  }
}
