import SeedbankModel
import SeedbankQuery
package import SeedbankStorage
import Synchronization

/// Open connections to one library, so that several threads can read at the same time.
///
/// If the library was deleted or replaced, it opens the one that is now in its place. Edits through a connection
/// to the old one would be lost.
package final class LibraryPool: Sendable {
  private let idle: Mutex<[Library]>
  private let open: @Sendable () throws -> Library

  /// - Parameter open: opens one more connection.
  package init(open: @escaping @Sendable () throws -> Library) throws {
    self.open = open
    // The first connection is opened immediately, so that an error is reported at the start.
    idle = Mutex([try open()])
  }

  /// - Parameter library: the first connection. Others are opened for the same access.
  init(_ library: Library) {
    let folder = library.folder
    let access: Library.Access = library.isReadOnly ? .reading : .writing
    open = { try Library.open(folder, for: access) }
    idle = Mutex([library])
  }

  /// Runs `body` with a connection that no other thread uses at the same time.
  ///
  /// - Throws: what `body` throws; `LibraryError`, also if the library does not exist any more.
  package func use<Value>(_ body: (Library) throws -> Value) throws -> Value {
    let library = try current()
    defer { idle.withLock { $0.append(library) } }
    return try body(library)
  }

  private func current() throws -> Library {
    while let library = idle.withLock({ $0.popLast() }) {
      if !library.isReplaced { return library }
    }
    return try open()
  }
}
