internal import GRDB
import SeedbankQuery

extension SQLFragment {
  /// The rows whose `column` lies in an interval.
  static func within<Value: DatabaseValueConvertible>(
    _ interval: Interval<Value>, _ column: String
  ) -> SQLFragment {
    var parts: [SQLFragment] = []
    if let lower = interval.lower {
      parts.append(SQLFragment("\(column) \(lower.isIncluded ? ">=" : ">") ?", [lower.value]))
    }
    if let upper = interval.upper {
      parts.append(SQLFragment("\(column) \(upper.isIncluded ? "<=" : "<") ?", [upper.value]))
    }
    return parts.isEmpty ? SQLFragment("TRUE") : .joined(parts, " AND ")
  }
}
