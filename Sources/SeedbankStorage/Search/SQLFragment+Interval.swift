internal import GRDB
import SeedbankQuery

extension SQLFragment {
  /// The rows whose `column` lies in an interval.
  ///
  /// - Parameter likelihood: the part of the rows that SQLite is to expect within each limit; nil: it estimates.
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
