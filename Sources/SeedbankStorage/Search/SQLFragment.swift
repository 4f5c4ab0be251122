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

  /// Joins conditions with an operator.
  ///
  /// SQLite refuses expressions deeper than 1,000. A chain of operators is as deep as it is long, so a long one is
  /// divided.
  static func joined(_ fragments: [SQLFragment], _ separator: String) -> SQLFragment {
    guard fragments.count <= longestChain else {
      let middle = fragments.count / 2
      let halves = [Array(fragments[..<middle]), Array(fragments[middle...])]
      return joined(halves.map { joined($0, separator) }, separator)
    }
    var whole = SQLFragment(fragments.map { "(\($0.sql))" }.joined(separator: separator))
    whole.arguments = fragments.flatMap(\.arguments)
    whole.isIndexed = fragments.allSatisfy(\.isIndexed)
    return whole
  }

  private static let longestChain = 100

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
