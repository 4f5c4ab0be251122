internal import GRDB
import SeedbankModel
import SeedbankQuery

/// Changes of entries that are known from the edit, so that rows need not be read again after it.
extension SearchIndex {
  /// Runs `edit`, which removes generations from the index.
  ///
  /// - Parameter ids: the ids in ascending order without duplicates.
  static func removing(
    _ ids: [Int64], in database: Database, _ edit: () throws -> Void
  ) throws {
    let before = try IndexSource.values(of: ids, in: database)
    try edit()
    var writer = try IndexEntryWriter(database)
    for id in ids {
      if let old = before[id] { try writer.change(id, from: old, to: nil) }
    }
    try writer.finish()
  }
}
