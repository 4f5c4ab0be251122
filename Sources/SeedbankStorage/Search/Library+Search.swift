internal import GRDB
public import SeedbankModel

extension Library {
  /// Finds a page of generations.
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

  /// Hands over everything that is found, in order, a few hundred at a time: memory stays flat
  /// however many they are.
  ///
  /// `body` returns whether it wants more. It may not use this library, which is busy reading.
  /// - Throws: `SearchError`, `LibraryError`, and what `body` throws.
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

  /// The ids of what is found, in order.
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
  /// It reads no records. `body` may not use this library, which is busy reading.
  /// - Throws: `SearchError`, `LibraryError`, and what `body` throws.
  public func forEachID(
    of request: SearchRequest, _ body: (GenerationID) throws -> Bool
  ) throws -> RankedScope? {
    try read { database in
      try SearchRun(request, in: database).forEachID { try body(GenerationID($0)) }
    }
  }
}
