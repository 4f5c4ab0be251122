internal import GRDB

extension QueryCompiler {
  /// Returns an equivalent condition that SQLite can parse.
  ///
  /// If its brackets are nested too deeply, its matches are found now, and the condition that is
  /// returned lists their ids.
  func withFewBrackets(_ condition: SQLFragment) throws -> SQLFragment {
    guard condition.sql.bracketDepth > Self.deepest else { return condition }
    let query =
      SQLFragment("SELECT g.id FROM generation AS g WHERE g.trashed_at IS NULL AND (") + condition
      + SQLFragment(")")
    let ids = try Int64.fetchAll(
      database, sql: query.sql, arguments: StatementArguments(query.arguments))
    return .indexed("g.id IN (SELECT value FROM json_each(?))", [JSONList.text(ids)])
  }

  /// The depth of brackets from which on ids are listed.
  ///
  /// SQLite's parser has room for 100 entries, and fails from 23 brackets on if the condition of the
  /// innermost group is a long one. A list of many conditions, which is divided, and the statement
  /// around it add up to 10.
  private static let deepest = 12
}

extension IndexExpression {
  /// Whether FTS5 can parse the expression, also as a part of a slightly larger one.
  ///
  /// Its parser has room for 100 entries, and fails from 32 brackets on.
  var fitsParser: Bool { match.bracketDepth <= Self.deepest }

  private static let deepest = 22
}

extension String {
  /// The number of brackets that are open at the same time.
  fileprivate var bracketDepth: Int {
    var (open, deepest) = (0, 0)
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "("):
        open += 1
        deepest = max(deepest, open)
      case UInt8(ascii: ")"): open -= 1
      default: break
      }
    }
    return deepest
  }
}
