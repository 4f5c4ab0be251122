import FilePaths
internal import GRDB
import Platform

extension Library {
  /// How a library is to be used.
  public enum Access: Sendable {
    /// Nothing is written, not even beside the catalog where that can be helped.
    case reading
    /// Reads and writes; a missing library is an error.
    case writing
    /// Reads and writes; a missing library is created if its folder is absent or empty.
    case creating
  }

  /// Opens the library in `folder`.
  ///
  /// A file that is no library, or one that a newer Seedbank wrote, is left exactly as it was.
  /// - Throws: `LibraryError`.
  public static func open(
    _ folder: LibraryFolder, for access: Access, onStep: @escaping StepObserver = { _ in }
  ) throws -> Library {
    try open(folder, for: access, migrations: .all, onStep: onStep)
  }

  /// Opens the library with these steps in the place of those that this version of Seedbank knows.
  static func open(
    _ folder: LibraryFolder, for access: Access, migrations: Migrations,
    onStep: @escaping StepObserver = { _ in }
  ) throws -> Library {
    let exists = try FileSystem.isPresent(folder.catalog)
    switch access {
    case .reading, .writing:
      guard exists else { throw LibraryError.missing(path: folder.path) }
    case .creating:
      if !exists { try create(folder, migrations) }
    }
    return try openExisting(
      folder, readOnly: access == .reading, migrations: migrations, onStep: onStep)
  }

  private static func openExisting(
    _ folder: LibraryFolder, readOnly: Bool, migrations: Migrations,
    onStep: @escaping StepObserver
  ) throws -> Library {
    // SQLite takes an empty file for a new database. It refuses other foreign files itself: looking at their
    // first bytes here is not safe. Closing any descriptor of a file removes all POSIX locks of the process on
    // it, also those of its other connections, whose log the next process would then delete.
    guard access(folder.catalog, R_OK) == 0 else {
      throw FileSystem.failure("open", folder.catalog)
    }
    guard FileSystem.size(folder.catalog) ?? 0 > 0 else {
      throw LibraryError.notALibrary(path: folder.catalog)
    }
    if !readOnly, let path = LibraryError.unwritable(folder.catalog) {
      throw LibraryError.readOnly(path: path)
    }
    do {
      let queue = try DatabaseQueue(
        path: connectionPath(folder, readOnly: readOnly),
        configuration: configuration(folder, readOnly: readOnly))
      let library = Library(folder: folder, queue: queue, onStep: onStep)
      if try migrations.areNeeded(by: library) {
        // What is opened for reading is migrated through a connection that may write.
        let writer =
          readOnly
          ? try openExisting(folder, readOnly: false, migrations: migrations, onStep: onStep)
          : library
        try migrations.run(on: writer)
      }
      if migrations.currentVersion == Migrations.all.currentVersion,
        try SearchIndex.isOld(through: queue)
      {
        if readOnly {
          // Without permission to write, only some names are not found.
          _ = try? openExisting(folder, readOnly: false, migrations: migrations, onStep: onStep)
        } else {
          try SearchIndex.update(through: queue)
        }
      }
      return library
    } catch let error as DatabaseError {
      throw LibraryError(error, path: folder.catalog)
    }
  }

  /// Returns an empty library for a dry run of a command that would create the library in `folder`.
  ///
  /// Its catalog is a temporary database that SQLite removes, so nothing is created in the folder.
  /// - Throws: `LibraryError`, also if a library cannot be created in the folder.
  package static func temporary(for folder: LibraryFolder) throws -> Library {
    try checkCanCreate(folder)
    do {
      // For SQLite, an empty path means a temporary database on the disk.
      let queue = try DatabaseQueue(path: "", configuration: configuration(folder, readOnly: false))
      try queue.write { database in
        try Migrations.all.createSchema(in: database)
        try database.execute(sql: "INSERT INTO library(id) VALUES (randomblob(16))")
      }
      return Library(folder: folder, queue: queue, onStep: { _ in })
    } catch let error as DatabaseError {
      throw LibraryError(error, path: folder.catalog)
    }
  }

  /// Whether the folder has a log without the shared memory that tells readers what is in it, and
  /// cannot be written to, so that SQLite cannot make it.
  private static func hasOrphanedLog(_ folder: LibraryFolder) -> Bool {
    !FileSystem.isWritable(folder.path) && FileSystem.exists(folder.catalog + "-wal")
      && !FileSystem.exists(folder.catalog + "-shm")
  }

  /// Whether several connections can read one state at the same time.
  ///
  /// Without shared memory, there are no locks between them. If the shared memory cannot be written, each
  /// transaction can look like a change.
  var allowsSecondConnection: Bool {
    let memory = folder.catalog + "-shm"
    if FileSystem.exists(memory) { return FileSystem.isWritable(memory) }
    return !Self.hasOrphanedLog(folder)
  }

  /// In a folder that cannot be written to, SQLite cannot make its shared memory file.
  ///
  /// If there is no log, the catalog is opened as immutable. If there is a log, SQLite keeps the
  /// content of that file in its own memory, and the catalog is not locked.
  private static func connectionPath(_ folder: LibraryFolder, readOnly: Bool) -> String {
    // Otherwise SQLite would make an empty file if the catalog has been deleted.
    guard readOnly else { return CatalogPath.uri(folder.catalog) + "?mode=rw" }
    let hasLog = FileSystem.exists(folder.catalog + "-wal")
    guard !FileSystem.isWritable(folder.path), !hasLog || hasOrphanedLog(folder)
    else { return CatalogPath.connection(folder.catalog) }
    return CatalogPath.uri(folder.catalog) + (hasLog ? "?vfs=unix-none" : "?immutable=1")
  }

  private static func configuration(
    _ folder: LibraryFolder, readOnly: Bool, waitsForLocks: Bool = true
  ) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readOnly
    // Another process may be in the middle of a bulk import; its transactions are short.
    configuration.busyMode = waitsForLocks ? .timeout(30) : .immediateError
    let keepsIndexInMemory = readOnly && hasOrphanedLog(folder)
    configuration.prepareDatabase { database in
      if keepsIndexInMemory { try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
      // What is committed must survive a power cut, and reading must not map a large file whole.
      try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA mmap_size = 0")
      database.add(function: FolderMark(folder).function)
      try IntegerCollector.register(in: database)
      try StatisticsFunction.register(in: database)
    }
    return configuration
  }

  /// Returns the same library with a connection of its own that does not wait for locks: a change that
  /// another process holds up fails at once with ``LibraryError/busy(path:)``.
  ///
  /// SQLite's own wait blocks the thread, which a task must not do.
  /// - Throws: `LibraryError`.
  package func withoutLockWaits() throws -> Library {
    try onOwnConnection(waitsForLocks: false)
  }

  /// Returns the same library with a connection of its own, which can be used at the same time.
  ///
  /// - Throws: `LibraryError`.
  func onOwnConnection(waitsForLocks: Bool = true) throws -> Library {
    do {
      let connection = try DatabaseQueue(
        path: Self.connectionPath(folder, readOnly: isReadOnly),
        configuration: Self.configuration(
          folder, readOnly: isReadOnly, waitsForLocks: waitsForLocks))
      return Library(folder: folder, queue: connection, onStep: onStep)
    } catch let error as DatabaseError {
      throw LibraryError(error, path: folder.catalog)
    }
  }

  /// Checks that a library can be created in a folder: it is absent or empty.
  ///
  /// Writes nothing. What an interrupted creation left behind does not count as content.
  /// - Throws: `LibraryError`.
  public static func checkCanCreate(_ folder: LibraryFolder) throws {
    guard FileSystem.exists(folder.path) else { return }
    guard folder.path.isFolder else {
      throw LibraryError.cannotCreate(path: folder.path, errno: ENOTDIR)
    }
    let names = try FileSystem.names(in: folder.path)
    if let foreignEntry = names.first(where: { !isOwn($0, in: folder) }) {
      // Another process may have created the library in the meantime.
      if FileSystem.exists(folder.catalog) { return }
      throw LibraryError.notEmpty(path: folder.path, example: foreignEntry)
    }
    guard FileSystem.isWritable(folder.path) else {
      throw LibraryError.cannotCreate(path: folder.path, errno: EACCES)
    }
  }

  /// Whether a library that is being created has an entry of this name.
  ///
  /// A folder of images counts only while it is empty: a website may have one of the same name.
  private static func isOwn(_ name: String, in folder: LibraryFolder) -> Bool {
    let path = folder.path + "/" + name
    switch path {
    case folder.images, folder.thumbnails, folder.incoming:
      return (try? FileSystem.names(in: path))?.isEmpty == true
    case folder.owner: return path.isFolder
    default: return path.bytes.starts(with: folder.catalog.bytes)
    }
  }

  /// Makes the folder and its catalog; the catalog appears under its name only when it is whole.
  private static func create(_ folder: LibraryFolder, _ migrations: Migrations) throws {
    try checkCanCreate(folder)
    for path in [folder.path, folder.images, folder.thumbnails, folder.incoming] {
      try FileSystem.makeFolder(path)
    }
    let draft = folder.catalog + ".new-\(getpid())"
    do {
      let queue = try DatabaseQueue(
        path: CatalogPath.connection(draft), configuration: configuration(folder, readOnly: false))
      try queue.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA journal_mode = WAL")
      }
      try FolderMark(folder).ensure()
      try queue.write { database in
        try migrations.createSchema(in: database)
        try database.execute(sql: "INSERT INTO library(id) VALUES (randomblob(16))")
        try FolderMark(folder).record(in: database)
      }
      try queue.closeWithoutLog()
      // Another process may have been quicker; then theirs is the library.
      try FileSystem.publish(draft, as: folder.catalog)
    } catch {
      // The draft may be what fills the disk, so the reason is found before the draft is removed.
      let failure: any Error =
        (error as? DatabaseError).map { LibraryError($0, path: folder.catalog) } ?? error
      FileSystem.removeIfPresent(draft)
      FileSystem.removeIfPresent(draft + "-wal")
      FileSystem.removeIfPresent(draft + "-shm")
      throw failure
    }
  }
}
