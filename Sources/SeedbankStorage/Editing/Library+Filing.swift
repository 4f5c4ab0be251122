internal import GRDB
public import SeedbankModel

/// A collection and the number of its generations.
public struct CollectionSummary: Hashable, Sendable {
  /// The name.
  public let name: String
  /// When the collection was created.
  public let createdAt: Timestamp
  /// The number of its generations outside the trash.
  public let count: Int
}

/// A query with a name.
public struct SavedSearch: Hashable, Sendable {
  /// The name.
  public let name: String
  /// The query as it was typed.
  public let query: String
  /// When the search was saved.
  public let createdAt: Timestamp
}

extension Library {
  /// Returns the collections, sorted by name.
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

  /// Returns the generations of a collection outside the trash, in the order of the collection.
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

  /// Returns the saved searches, sorted by name.
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
  /// Returns all tags, sorted by name, with the number of their generations outside the trash.
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
