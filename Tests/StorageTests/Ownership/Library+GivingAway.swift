import GRDB
import TestRandomness

@testable import SeedbankModel
@testable import SeedbankStorage

extension Library {
  /// Makes another library the owner of the generations that `passes` selects.
  func giveAway(where passes: (Int64) -> Bool) throws {
    try write { database in
      let ids = try Int64.fetchAll(database, sql: "SELECT id FROM generation ORDER BY id")
      for id in ids where passes(id) {
        try database.execute(
          sql: "UPDATE generation SET owner = zeroblob(16) WHERE id = ?", arguments: [id])
      }
    }
  }

  /// Records requests that wait to be sent.
  @discardableResult
  func queue(_ count: Int, seed: UInt64) throws -> [GenerationID] {
    var random = SeededGenerator(seed: seed)
    return try record(
      (0..<count).map { number in
        GenerationDraft(
          uid: UID(at: Timestamp(milliseconds: 1_700_000_000_000), using: &random),
          prompt: "cat \(number)", parameters: Parameters(seed: ImageSeed(number)),
          createdAt: Timestamp(milliseconds: 1_700_000_000_000), requestBody: Array("{}".utf8),
          gateway: "https://gateway.example")
      })
  }
}
