import Platform
import TestProcesses

/// The write lock of a catalog, held by a separate process.
struct CatalogLock {
  private let process: ChildProcess

  /// Takes the lock; returns when it is held.
  ///
  /// The lock is also released when the process of the tests ends.
  static func hold(_ catalog: String) async throws -> CatalogLock {
    let script = """
      import os, sqlite3, sys, time
      parent = os.getppid()
      catalog = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=600)
      catalog.execute('BEGIN IMMEDIATE')
      print('held', flush=True)
      while os.getppid() == parent:
          time.sleep(1)
      """
    let process = try await ChildProcess.start("/usr/bin/python3", ["-c", script, catalog])
    _ = try await process.firstLine()
    return CatalogLock(process: process)
  }

  /// Releases the lock; returns when the process has ended.
  func release() async throws {
    process.signal(SIGKILL)
    _ = try await process.end()
  }
}
