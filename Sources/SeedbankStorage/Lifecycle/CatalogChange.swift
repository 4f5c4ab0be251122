internal import GRDB

/// A change of the catalog that can share a transaction, and so a write to the disk, with others.
package struct CatalogChange: Sendable {
  /// Makes the change, and returns what follows when it is on the disk.
  let make: @Sendable (Database, Library) throws -> @Sendable () -> Void
}

extension Library {
  /// Makes a change in a transaction of its own.
  ///
  /// - Throws: What the change throws; `LibraryError`.
  package func make(_ change: CatalogChange) throws {
    let finish = try writeMarkingFolder { try change.make($0, self) }
    finish()
  }

  /// Makes changes in one transaction, and returns the result of each in the same order.
  ///
  /// A change that is refused does not affect the others. If the transaction fails, each change is made in
  /// one of its own, so that each gets its own error. If another process has locked the catalog, no
  /// change is made.
  package func make(_ changes: [CatalogChange]) -> [Result<Void, any Error>] {
    if changes.count > 1 {
      do {
        return try makeTogether(changes)
      } catch LibraryError.busy(let path) {
        return changes.map { _ in .failure(LibraryError.busy(path: path)) }
      } catch {
        // Nothing was written. The changes are made one by one below.
      }
    }
    return changes.map { change in Result { try make(change) } }
  }

  private func makeTogether(_ changes: [CatalogChange]) throws -> [Result<Void, any Error>] {
    let results = try writeMarkingFolder { database in
      try changes.map { change -> Result<@Sendable () -> Void, any Error> in
        do {
          var finish: @Sendable () -> Void = {}
          try database.inSavepoint {
            finish = try change.make(database, self)
            return .commit
          }
          return .success(finish)
        } catch let error as DatabaseError {
          // SQLite may have undone the whole transaction.
          throw error
        } catch {
          return .failure(error)
        }
      }
    }
    return results.map { result in result.map { $0() } }
  }
}
