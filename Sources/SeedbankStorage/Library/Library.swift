internal import GRDB

/// A library: its folder, its catalog, and the operations on both.
///
/// Several tasks can use one value. All statements use one connection, one at a time.
public struct Library: Sendable {
  /// Where the library is.
  public let folder: LibraryFolder
  let queue: DatabaseQueue
  let onStep: StepObserver

  /// Whether it was opened for reading only.
  public var isReadOnly: Bool { queue.configuration.readonly }

  /// Runs `body` in a read transaction, so that it reads one state of the catalog.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try mappingErrors { try queue.read(body) }
  }

  /// Runs `body` in a write transaction, which is on the disk when this returns.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try mappingErrors { try queue.write(body) }
  }

  func mappingErrors<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw LibraryError(error, path: folder.catalog)
    }
  }
}
