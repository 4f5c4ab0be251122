internal import GRDB

extension Database {
  /// Runs `body` with a cache for many pages if an edit changes many generations.
  ///
  /// From 5,000 generations on, an edit usually changes more pages than the standard cache can hold.
  func withCache<Value>(for generations: Int, _ body: () throws -> Value) throws -> Value {
    generations < 5_000 ? try body() : try withLargeCache(body)
  }

  /// Runs `body` with a cache for many pages.
  ///
  /// A transaction that changes more pages than the cache has room for writes them to the log and reads
  /// them again, several times over.
  func withLargeCache<Value>(_ body: () throws -> Value) throws -> Value {
    try execute(sql: "PRAGMA cache_size = -65536")
    // SQLite's default, in KiB.
    defer { try? execute(sql: "PRAGMA cache_size = -2000") }
    return try body()
  }
}
