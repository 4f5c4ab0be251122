import FoundationEssentials
internal import GRDB
package import SeedbankModel

extension Library {
  /// Records the drafts in one transaction; they are on the disk when this returns.
  ///
  /// - Returns: their ids, in the order of `drafts`.
  /// - Throws: `LibraryError`.
  @discardableResult
  package func record(_ drafts: [GenerationDraft]) throws -> [GenerationID] {
    let ids = try write { database in
      let isWork = drafts.contains { $0.status != .complete && $0.status != .failed }
      let owner = isWork ? try Ownership.settle(folder, in: database) : nil
      var writer = try GenerationWriter(database, owner: owner)
      return try drafts.map { draft in
        let id = try writer.insert(draft)
        if draft.status == .queued {
          try EventTable.add("queued", to: id, at: draft.createdAt, in: database)
        }
        return id
      }
    }
    onStep(.requestRecorded)
    return ids
  }

  /// Takes the mark off images whose files were missing and are there again, complete and synced.
  package func noteReturned(_ digests: [Digest]) throws {
    try write { database in
      for table in ["image", "reference_image"] {
        let statement = try database.cachedStatement(
          sql: "UPDATE \(table) SET missing_since = NULL WHERE sha256 = ?")
        for digest in digests { try statement.execute(arguments: [digest.bytes.data]) }
      }
      for digest in digests { try ChangeTracking.countReturnedFile(digest, in: database) }
    }
  }
}
