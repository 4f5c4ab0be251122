internal import GRDB
import SeedbankModel
package import SeedbankQuery

/// Finds collections and saved searches by the names that people type.
///
/// A name of the same bytes is preferred, then one that is written the same in Unicode. Otherwise case and accents are
/// ignored.
enum NameLookup {
  /// Returns the exact name of a collection.
  static func collection(like name: String, in database: Database) throws -> String? {
    let statement = try database.cachedStatement(sql: "SELECT name FROM collection ORDER BY name")
    return best(name, try String.fetchAll(statement), \.self)
  }

  /// Returns all saved searches, sorted by name.
  static func savedSearches(in database: Database) throws -> [SavedSearch] {
    let statement = try database.cachedStatement(
      sql: "SELECT name, query, created_at FROM saved_search ORDER BY name")
    return try Row.fetchAll(statement).map { row in
      SavedSearch(
        name: row[0], query: row[1], createdAt: Timestamp(milliseconds: row[2]))
    }
  }

  /// Returns the value that a name means among values that are sorted by name.
  static func best<Value>(
    _ name: String, _ values: [Value], _ spelling: (Value) -> String
  ) -> Value? {
    if let exact = values.first(where: { spelling($0).isIdentical(to: name) }) { return exact }
    if let equivalent = values.first(where: { spelling($0) == name }) { return equivalent }
    let folded = FacetToken.folded(name)
    return values.first { FacetToken.folded(spelling($0)) == folded }
  }
}

extension Library {
  /// Returns the saved search of a name; case and accents may differ.
  package func savedSearch(named name: String) throws -> SavedSearch? {
    try read { NameLookup.best(name, try NameLookup.savedSearches(in: $0), \.name) }
  }

  /// Returns the values of a kind that are in use, the most used first.
  ///
  /// Each has the number of generations that have the value.
  package func values(of kind: FacetKind) throws -> [FacetCount] {
    try read { database in
      try FacetTable.values(of: kind, in: database).map {
        FacetCount(value: $0.value, count: $0.uses)
      }
    }
  }
}
