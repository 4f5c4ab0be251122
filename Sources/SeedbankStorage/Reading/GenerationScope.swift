/// How a statement names the generations whose rows it reads.
enum GenerationScope {
  /// By one parameter, a JSON array of ids.
  case list
  /// By two parameters, the first and the last id.
  case range

  /// Returns `FROM` for the rows of a table that belong to these generations, together with
  /// ``condition(_:)``.
  ///
  /// - Parameter row: the name of a row.
  func source(_ table: String, _ row: String) -> String {
    switch self {
    case .list:
      """
      FROM json_each(?) AS wanted CROSS JOIN \(table) AS \(row)
      ON \(row).generation_id = wanted.value
      """
    case .range: "FROM \(table) AS \(row)"
    }
  }

  /// Returns the condition for `WHERE`.
  func condition(_ row: String) -> String {
    switch self {
    case .list: "TRUE"
    case .range: "\(row).generation_id BETWEEN ? AND ?"
    }
  }
}
