internal import GRDB

extension Database {
  /// The number of generations from which on an edit is made in the way that is faster for many.
  static let manyGenerations = 5_000

  /// Runs `body` with a cache for many pages if an edit changes many generations.
  ///
  /// An edit of many generations usually changes more pages than the standard cache can hold.
  func withCache<Value>(for generations: Int, _ body: () throws -> Value) throws -> Value {
    generations < Self.manyGenerations ? try body() : try withLargeCache(body)
  }

  /// Runs `body` with a cache for many pages.
  ///
  /// A transaction that changes more pages than the cache has room for writes them to the log and reads
  /// them again, several times over.
  ///
  /// SQLite also uses as much memory for sorting the entries of a new index.
  func withLargeCache<Value>(_ body: () throws -> Value) throws -> Value {
    try setCache(.large)
    defer { try? setCache(.standard) }
    return try body()
  }

  /// The memory for pages, in KiB.
  enum CacheSize: Int {
    /// SQLite's default.
    case standard = 2_000
    /// For pages that are mostly added behind each other.
    case medium = 16_384
    /// For changes all over the tables and their indexes.
    case large = 32_768
  }

  /// Changes the memory for pages until the next call.
  func setCache(_ size: CacheSize) throws {
    try execute(sql: "PRAGMA cache_size = -\(size.rawValue)")
  }
}
