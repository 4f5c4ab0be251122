internal import GRDB
package import SeedbankModel
import SeedbankQuery

extension Library {
  /// The generations whose first image has this digest, at most `limit`.
  /// - Throws: `LibraryError`.
  package func generations(showing digest: Digest, limit: Int = 20) throws -> [GenerationID] {
    try read { database in
      try Int64.fetchAll(
        database.cachedStatement(
          sql: "SELECT generation_id FROM image WHERE sha256 = ? AND position = 1 LIMIT ?"),
        arguments: [digest.bytes.data, limit]
      ).map { GenerationID($0) }
    }
  }

  /// The images of the generation with this uid; none if the library does not have it.
  /// - Throws: `LibraryError`.
  package func images(of uid: UID) throws -> [CataloguedImage] {
    let id = try read { database -> Int64? in
      var finder = try GenerationFinder(database)
      return try finder.id(of: uid)
    }
    guard let id else { return [] }
    return try generations([GenerationID(id)]).flatMap(\.images)
  }

  /// The number of generations outside the trash, and of those in it.
  /// - Throws: `LibraryError`.
  package func generationCounts() throws -> (active: Int, trashed: Int) {
    try read { database in
      let sql = """
        SELECT (SELECT count(*) FROM generation INDEXED BY generation_seed),
          (SELECT count(*) FROM generation WHERE trashed_at IS NOT NULL)
        """
      let counts = try IntegerRow.fetch(sql, [], columns: 2, in: database)
      let trashed = Int(counts[1] ?? 0)
      return (Int(counts[0] ?? 0) - trashed, trashed)
    }
  }
}
