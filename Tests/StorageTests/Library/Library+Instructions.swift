import GRDB
import GRDBSQLite

@testable import SeedbankStorage

extension Library {
  /// Returns the number of instructions that SQLite's virtual machine runs during `body`, in
  /// hundreds.
  ///
  /// Unlike a time, the number does not depend on other work of the machine.
  func instructions(_ body: () throws -> Void) throws -> Int {
    let counter = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    defer { counter.deallocate() }
    counter.pointee = 0
    func observe(_ isOn: Bool) throws {
      queue.inDatabase { database in
        guard isOn else { return sqlite3_progress_handler(database.sqliteConnection, 0, nil, nil) }
        sqlite3_progress_handler(
          database.sqliteConnection, 100,
          { context in
            context?.assumingMemoryBound(to: Int.self).pointee += 1
            return 0
          }, counter)
      }
    }
    try observe(true)
    defer { try? observe(false) }
    try body()
    return counter.pointee
  }
}
