internal import GRDB
public import SeedbankModel

/// A collection and how much is in it.
public struct CollectionSummary: Hashable, Sendable {
  /// The name.
  public let name: String
  /// When it was made.
  public let createdAt: Timestamp
  /// Generations that are not in the trash.
  public let count: Int
}

/// A query under a name.
public struct SavedSearch: Hashable, Sendable {
  /// The name.
  public let name: String
  /// As it was typed.
  public let query: String
  /// When it was made.
  public let createdAt: Timestamp
}

extension Library {
  /// The collections by name.
  public func collections() throws -> [CollectionSummary] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT c.name, c.created_at, (
            SELECT count(*) FROM collection_item AS i JOIN generation AS g ON g.id = i.generation_id
            WHERE i.collection_id = c.id AND g.trashed_at IS NULL)
          FROM collection AS c ORDER BY c.name
          """
      ).map { row in
        CollectionSummary(
          name: row[0], createdAt: Timestamp(milliseconds: row[1]), count: row[2])
      }
    }
  }

  /// The generations of a collection in its order, the trash left out.
  ///
  /// - Throws: `EditError.noSuchCollection`, `LibraryError`.
  public func members(ofCollection name: String) throws -> [GenerationID] {
    try read { database in
      guard let id = try CollectionTable.find(name, in: database) else {
        throw EditError.noSuchCollection(name)
      }
      return try Int64.fetchAll(
        database,
        sql: """
          SELECT g.id FROM collection_item AS i JOIN generation AS g ON g.id = i.generation_id
          WHERE i.collection_id = ? AND g.trashed_at IS NULL ORDER BY i.position, g.uid
          """, arguments: [id]
      ).map { GenerationID($0) }
    }
  }

  /// The saved searches by name.
  public func savedSearches() throws -> [SavedSearch] {
    try read { database in
      try Row.fetchAll(
        database, sql: "SELECT name, query, created_at FROM saved_search ORDER BY name"
      ).map { row in
        SavedSearch(name: row[0], query: row[1], createdAt: Timestamp(milliseconds: row[2]))
      }
    }
  }
}

extension Library {
  /// Every tag by name with the number of generations outside the trash that have it.
  public func tagCounts() throws -> [(name: String, uses: Int)] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT t.name, coalesce(f.uses, 0) FROM tag AS t
          LEFT JOIN facet AS f ON f.kind = 'tag' AND f.value = t.name ORDER BY t.name
          """
      ).map { ($0[0], $0[1]) }
    }
  }
}
