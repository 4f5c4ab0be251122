internal import GRDB
package import SeedbankModel

extension Library {
  /// The perceptual hash of every image outside the trash, oldest first; `id` is the image's own
  /// number, which `images(numbered:)` reads.
  package func perceptualHashes() throws -> [(id: Int64, hash: UInt64)] {
    try read { database in
      let rows = try Row.fetchCursor(database, sql: Self.hashesQuery)
      var hashes: [(id: Int64, hash: UInt64)] = []
      while let row = try rows.next() {
        hashes.append((row[0], UInt64(bitPattern: row[1] as Int64)))
      }
      return hashes
    }
  }

  /// The rows of generations are many times as large as those of their images, so only the index of
  /// the trash is read.
  static let hashesQuery = """
    SELECT id, phash FROM image WHERE phash IS NOT NULL
      AND generation_id NOT IN (SELECT id FROM generation WHERE trashed_at IS NOT NULL)
    ORDER BY id
    """

  /// Returns the image and the generation of each of these numbers; images that no longer exist are
  /// left out.
  package func images(
    numbered ids: [Int64]
  ) throws -> [(id: Int64, generation: GenerationID, position: Int)] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT i.id, i.generation_id, i.position
          FROM json_each(?) AS wanted CROSS JOIN image AS i ON i.id = wanted.value
          """,
        arguments: [JSONList.text(ids)])
      return rows.map { ($0[0], GenerationID($0[1]), $0[2]) }
    }
  }
}
