internal import GRDB

extension Library {
  /// Records the drafts in one transaction; they are on disk for good when this returns.
  ///
  /// - Returns: their ids, in the order of `drafts`.
  /// - Throws: `LibraryError`.
  @discardableResult
  public func record(_ drafts: [GenerationDraft]) throws -> [GenerationID] {
    let ids = try write { database in
      var writer = try GenerationWriter(database)
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
}
