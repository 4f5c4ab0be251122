internal import GRDB

enum SearchIndex {
  static let rules = 1
  static func add(_ id: Int64, in database: Database) throws {}
  static func remove(_ id: Int64, in database: Database) throws {}
  static func editing(_ ids: [Int64], in database: Database, _ edit: () throws -> Void) throws {
    for id in ids { try remove(id, in: database) }
    try edit()
    for id in ids { try add(id, in: database) }
  }
}
