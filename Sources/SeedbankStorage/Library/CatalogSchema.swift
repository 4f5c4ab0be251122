internal import GRDB

/// The text of `schema.sql`, from which a new catalog is made.
enum CatalogSchema {
  static let text = String(decoding: PackageResources.schema_sql, as: UTF8.self)

  /// The statement that creates a table, as `schema.sql` writes it and as SQLite keeps it: without the
  /// semicolon.
  ///
  /// - Throws: `DatabaseError` if `schema.sql` does not create the table.
  static func statement(creating table: String) throws -> String {
    for start in ["CREATE TABLE \(table) (", "CREATE VIRTUAL TABLE \(table) "] {
      guard let head = text.firstRange(of: start) else { continue }
      let rest = text[head.lowerBound...]
      // Comments within a statement may hold a semicolon, but the bracket that ends it begins a line.
      guard let bracket = rest.firstRange(of: "\n)"),
        let end = rest[bracket.upperBound...].firstIndex(of: ";")
      else { continue }
      return String(rest[..<end])
    }
    throw DatabaseError(message: "schema.sql does not create \(table)")
  }

  /// A statement without its comments, one space between its words: two statements that mean the same
  /// are equal then, even if a comment was reworded.
  static func withoutComments(_ sql: String) -> String {
    sql.split(separator: "\n").map { line in
      line.firstRange(of: "--").map { line[..<$0.lowerBound] } ?? line
    }
    .joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
