internal import GRDB
import SeedbankQuery

extension SQLFragment {
  /// Returns the condition that `column` is within an interval.
  ///
  /// - Parameter likelihood: the fraction of rows that SQLite should expect within each bound; nil
  ///   to let SQLite estimate it.
  static func within<Value: DatabaseValueConvertible>(
    _ interval: Interval<Value>, _ column: String, likelihood: Double? = nil
  ) -> SQLFragment {
    func bound(_ sql: String, _ value: Value) -> SQLFragment {
      SQLFragment(likelihood.map { "likelihood(\(sql), \($0))" } ?? sql, [value])
    }
    var parts: [SQLFragment] = []
    if let lower = interval.lower {
      parts.append(bound("\(column) \(lower.isIncluded ? ">=" : ">") ?", lower.value))
    }
    if let upper = interval.upper {
      parts.append(bound("\(column) \(upper.isIncluded ? "<=" : "<") ?", upper.value))
    }
    return parts.isEmpty ? SQLFragment("TRUE") : .joined(parts, " AND ")
  }
}
