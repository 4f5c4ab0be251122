internal import GRDB
public import SeedbankModel

extension Library {
  /// Returns one page of matching generations.
  ///
  /// - Throws: `SearchError`, `LibraryError`.
  public func search(_ request: SearchRequest) throws -> SearchPage {
    try read { database in
      var ids: [GenerationID] = []
      let ranked = try SearchRun(request, in: database).forEachID { id in
        ids.append(GenerationID(id))
        return true
      }
      let isFull = request.limit > 0 && ids.count == request.limit
      return SearchPage(
        generations: try GenerationLoader.load(ids, in: database), ranked: ranked,
        next: isFull ? ids.last : nil)
    }
  }

  /// Calls `body` with each matching generation, in order.
  ///
  /// A few hundred are read at a time, so memory use does not grow with the number of matches.
  ///
  /// `body` returns whether to continue. It must not use this library, which is in a read
  /// transaction.
  /// - Throws: `SearchError`, `LibraryError`, and the errors that `body` throws.
  @discardableResult
  public func search(
    _ request: SearchRequest, each body: (Generation) throws -> Bool
  ) throws -> RankedScope? {
    try read { database in
      var chunk: [GenerationID] = []
      func flush() throws -> Bool {
        let generations = try GenerationLoader.load(chunk, in: database)
        chunk.removeAll(keepingCapacity: true)
        for generation in generations where try !body(generation) { return false }
        return true
      }
      var wantsMore = true
      let ranked = try SearchRun(request, in: database).forEachID { id in
        chunk.append(GenerationID(id))
        if chunk.count == 256 { wantsMore = try flush() }
        return wantsMore
      }
      if wantsMore { _ = try flush() }
      return ranked
    }
  }

  /// Returns the ids of the matches, in order.
  ///
  /// - Throws: `SearchError`, `LibraryError`.
  public func ids(_ request: SearchRequest) throws -> [GenerationID] {
    var ids: [GenerationID] = []
    _ = try forEachID(of: request) { id in
      ids.append(id)
      return true
    }
    return ids
  }

  /// Calls `body` with the id of each match, in order, until it returns false.
  ///
  /// No records are read. `body` must not use this library, which is in a read transaction.
  /// - Throws: `SearchError`, `LibraryError`, and the errors that `body` throws.
  public func forEachID(
    of request: SearchRequest, _ body: (GenerationID) throws -> Bool
  ) throws -> RankedScope? {
    try read { database in
      try SearchRun(request, in: database).forEachID { try body(GenerationID($0)) }
    }
  }
}
