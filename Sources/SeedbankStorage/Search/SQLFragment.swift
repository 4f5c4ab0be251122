internal import GRDB

/// A piece of SQL and the values of its parameters.
struct SQLFragment {
  var sql: String
  var arguments: [DatabaseValue]
  /// Whether an index of the rows can find the matching rows, so that a few are found quickly.
  var isIndexed = false

  init(_ sql: String, _ arguments: [(any DatabaseValueConvertible)?] = []) {
    self.sql = sql
    self.arguments = arguments.map { $0?.databaseValue ?? .null }
  }

  static func indexed(_ sql: String, _ arguments: [(any DatabaseValueConvertible)?] = []) -> Self {
    var fragment = SQLFragment(sql, arguments)
    fragment.isIndexed = true
    return fragment
  }

  static func joined(_ fragments: [SQLFragment], _ separator: String) -> SQLFragment {
    var whole = SQLFragment(fragments.map { "(\($0.sql))" }.joined(separator: separator))
    whole.arguments = fragments.flatMap(\.arguments)
    whole.isIndexed = fragments.allSatisfy(\.isIndexed)
    return whole
  }

  static func + (left: SQLFragment, right: SQLFragment) -> SQLFragment {
    var whole = left
    whole.sql += " " + right.sql
    whole.arguments += right.arguments
    return whole
  }

  /// A fragment that is true if this one is false or NULL.
  var negated: SQLFragment {
    var negated = self
    negated.sql = "(\(sql)) IS NOT TRUE"
    negated.isIndexed = false
    return negated
  }
}
