import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import Synchronization

/// Open connections to one library, so that several threads can read at the same time.
final class LibraryPool: Sendable {
  private let idle: Mutex<[Library]>
  private let open: @Sendable () throws -> Library

  /// - Parameter open: opens one more connection.
  init(open: @escaping @Sendable () throws -> Library) throws {
    self.open = open
    // The first connection is opened immediately, so that an error is reported at the start.
    idle = Mutex([try open()])
  }

  /// Runs `body` with a connection that no other thread uses at the same time.
  func use<Value>(_ body: (Library) throws -> Value) throws -> Value {
    let library = try idle.withLock { $0.popLast() } ?? open()
    defer { idle.withLock { $0.append(library) } }
    return try body(library)
  }
}
