import Testing

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

@Suite("Forms of values in queries")
struct ValueFormTests {
  private func expect(
    _ text: String, finds ids: [Int64], in fixture: SearchFixture
  ) throws {
    #expect(try fixture.find(text) == ids, "\(text)")
    let query = try Query.parse(text).query
    #expect(try Query.parse(query.description).query == query, "\(text)")
    let matches = try fixture.records().filter { query.matches($0, at: SearchFixture.utc) }
    #expect(matches.map(\.generation.id.rawValue).sorted(by: >) == ids, "\(text) in memory")
  }

  @Test(
    "a guidance scale is read in the form in which it is written",
    arguments: [
      2.5, 7, 0.0001, 1e-05, 0.00012345678901234567, 1.2345678901234567e-10, 1e16,
      .greatestFiniteMagnitude, .leastNonzeroMagnitude,
    ] as [Double])
  func scales(_ scale: Double) throws {
    for text in ["guidance:\(scale)", "guidance:>=\(scale)", "guidance:..\(scale)"] {
      let query = try Query.parse(text).query
      #expect(try Query.parse(query.description).query == query)
    }
    #expect(GuidanceCondition("\(scale)", isQuoted: false)?.interval == Interval(scale...scale))
  }

  @Test("a guidance scale with an exponent is found")
  func smallScale() throws {
    let fixture = try SearchFixture()
    try fixture.add("a cat") { $0.parameters.guidanceScale = 1e-05 }
    try fixture.add("a dog") { $0.parameters.guidanceScale = 2 }
    for text in ["guidance:1e-05", "guidance:1E-5", "guidance:0.00001", "guidance:..1e-4"] {
      try expect(text, finds: [1], in: fixture)
    }
    for text in ["guidance:1e", "guidance:e5", "guidance:1e999", "guidance:0x1p3", "guidance:inf"] {
      #expect(throws: QueryError.self, "\(text)") { try Query.parse(text) }
    }
  }

  @Test("a size with a capital X has pixels")
  func capitalSize() throws {
    let fixture = try SearchFixture()
    try fixture.add("a cat") { $0.parameters.size = "1024X768" }
    for text in ["size:1024x768", "size:1024X768", "width:1024", "height:768", "ratio:4:3"] {
      try expect(text, finds: [1], in: fixture)
    }
    #expect(SizeLabel.pixels("1024X") == nil && SizeLabel.pixels("1x2X3") == nil)
  }

  @Test("a star after a backslash is a part of the name")
  func literalStars() throws {
    let fixture = try SearchFixture()
    try fixture.add("one", tags: ["a*"]) { $0.parameters.model = "m*" }
    try fixture.add("two", tags: ["ab"]) { $0.parameters.model = "m2" }
    try fixture.add("three", tags: ["a*/c"])
    try fixture.add("four", tags: ["a*b"])
    try expect(#"tag:=a\*"#, finds: [1], in: fixture)
    try expect(#"tag:="a\*""#, finds: [1], in: fixture)
    try expect(#"tag:"a\*""#, finds: [3, 1], in: fixture)
    try expect(#"tag:=a\**"#, finds: [4, 3, 1], in: fixture)
    try expect("tag:=a*", finds: [4, 3, 2, 1], in: fixture)
    try expect(#"model:m\*"#, finds: [1], in: fixture)
    try expect("model:m*", finds: [2, 1], in: fixture)
  }

  @Test("a star before a combining mark matches any text, and with a backslash only itself")
  func starsBeforeMarks() {
    #expect(Wildcard(text: "a*\u{301}b").plainText == nil)
    let typed = FieldCompletion.models.typed("a*\u{301}b")
    #expect(typed.utf8.elementsEqual("a\\*\u{301}b".utf8))
    #expect(Wildcard(text: typed).plainText?.utf8.elementsEqual("a*\u{301}b".utf8) == true)
  }
}
