internal import GRDB

/// The state of a library before a merge, which can have several transactions.
package struct MergeStart: Hashable, Sendable {
  /// The highest number that a generation has had.
  private let generation: Int64
  /// The highest number that an edit has had.
  private let change: Int64

  init(_ database: Database) throws {
    func highest(in table: String) throws -> Int64 {
      try database.integer("SELECT seq FROM sqlite_sequence WHERE name = ?", .text(table)) ?? 0
    }
    // Numbers are not used again.
    generation = try highest(in: "generation")
    change = try highest(in: "change")
  }

  /// Whether the generation of this number was added since.
  func isBefore(generation id: Int64) -> Bool { id > generation }

  /// Whether the change of this number was made since.
  func isBefore(change id: Int64) -> Bool { id > change }

  /// Whether a person has edited something since.
  func hasEdits(in database: Database) throws -> Bool {
    let sql = "SELECT 1 FROM change WHERE id > ? AND NOT \(History.isMerge("")) LIMIT 1"
    return try database.integer(sql, .integer(change)) != nil
  }

  /// The number of the change that this merge added to the history, if it is the most recent one.
  func ownChange(in database: Database) throws -> Int64? {
    try database.integer(
      """
      SELECT id FROM change WHERE id = (SELECT max(id) FROM change) AND id > ?
        AND undone_at IS NULL AND \(History.isMerge(""))
      """, .integer(change))
  }
}

extension Library {
  /// The present state, before a merge.
  package func mergeStart() throws -> MergeStart { try read { try MergeStart($0) } }
}
