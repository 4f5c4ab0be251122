import GRDB
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("The number of verdicts")
struct VerdictCountTests {
  @Test("does not contain reproductions of imports and of requests to other providers")
  func providers() throws {
    let home = try TemporaryLibrary()
    try home.library.plant((1...8).map { "prompt \($0)" })
    try home.library.write { database in
      // The originals 1 to 4: a request, one to another provider, one without a recorded provider,
      // and an import.
      try database.execute(
        sql: """
          UPDATE generation SET model = 'm', provider = 'pixazo', gateway = 'https://a.example';
          UPDATE generation SET provider = 'ark' WHERE id = 2;
          UPDATE generation SET provider = NULL WHERE id = 3;
          UPDATE generation SET provider = NULL, gateway = NULL WHERE id = 4;
          UPDATE generation SET parent_id = id - 4, verdict = 'different' WHERE id > 4;
          """)
    }
    #expect(try home.library.verdictCounts(model: "m", provider: "pixazo") == ["different": 2])
    #expect(try home.library.verdictCounts(model: "m", provider: "ark").isEmpty)
  }
}
