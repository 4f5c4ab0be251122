import SeedbankModel

extension FilePlace {
  /// The condition that a row of `image` or `reference_image` meets if its file is at this place.
  ///
  /// - Parameter row: the name of the row, with a period.
  func condition(_ row: String) -> String {
    switch self {
    case .library: "\(row)missing_since IS NULL"
    case .remote: "\(row)missing_since IS NOT NULL AND \(Self.isOnRemote(row))"
    case .missing: "\(row)missing_since IS NOT NULL AND NOT \(Self.isOnRemote(row))"
    }
  }

  /// The condition that a remote has the file of a row.
  static func isOnRemote(_ row: String) -> String {
    "EXISTS (SELECT 1 FROM remote_image WHERE remote_image.sha256 = \(row)sha256)"
  }

  /// Returns columns of a row of `image` or `reference_image`, and then whether its file is on a
  /// remote only.
  static func columns(_ names: [String], _ row: String) -> String {
    names.map { "\(row)\($0), " }.joined() + remote.condition(row)
  }
}
