import Testing

@testable import SeedbankModel
@testable import SeedbankQuery

@Suite("Groups that lack images")
struct PartialTests {
  @Test("are found by is:partial, and complete, failed and unknown generations are not")
  func partial() throws {
    let fixture = try SearchFixture()
    let failure = RecordedFailure(code: "partial", message: "image 2 of 3 failed")
    try fixture.add("whole")
    try fixture.add("partial") { $0.failure = failure }
    for status in [Status.failed, .unknown, .lost] {
      try fixture.add("another") {
        $0.status = status
        $0.failure = failure
      }
    }
    #expect(try fixture.find("is:partial") == [2])
    #expect(try fixture.find("is:complete -is:partial") == [1])
    let query = try Query.parse("is:partial").query
    let found = try fixture.records().filter { query.matches($0, at: SearchFixture.utc) }
    #expect(found.map(\.generation.id.rawValue) == [2])
  }
}
