internal import GRDB
import SeedbankQuery

extension SearchIndex {
  /// Returns whether the index was written with older folding rules.
  static func isOld(in database: Database) throws -> Bool {
    let found = try Int.fetchOne(database, sql: "SELECT rules FROM search_state")
    return found.map { (1..<rules).contains($0) } ?? false
  }

  /// Returns whether the index was written with older folding rules.
  ///
  /// - Throws: `DatabaseError`, but not for damage, which is left to the check.
  static func isOld(through queue: DatabaseQueue) throws -> Bool {
    do {
      return try queue.read { try isOld(in: $0) }
    } catch let error as DatabaseError where error.isDamage {
      return false
    }
  }

  /// Brings an index that was written with older folding rules up to date.
  ///
  /// An entry is removed by its exact text, so an edit by other rules would damage the index. It is
  /// rebuilt only if a value has another token by the current rules.
  ///
  /// - Throws: `DatabaseError`, but not for damage, which is left to the check.
  static func update(through queue: DatabaseQueue) throws {
    do {
      let isSame = try queue.write { database in
        // Another process may have updated it meanwhile.
        guard try isOld(in: database) else { return true }
        let values = try FacetKind.allCases.flatMap {
          try FacetTable.values(of: $0, in: database).map(\.value)
        }
        guard !values.contains(where: FacetToken.hadOtherToken) else { return false }
        try database.execute(sql: "UPDATE search_state SET rules = ?", arguments: [rules])
        return true
      }
      if !isSame { try rebuild(through: queue, if: isOld) }
    } catch let error as DatabaseError where error.isDamage {
      // The library must open, so that it can be checked and backed up.
    }
  }
}
