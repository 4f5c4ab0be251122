internal import GRDB
import SeedbankModel

extension Library {
  /// Writes all data that cannot be created again as JSON Lines.
  ///
  /// These are a header, the tags, collections and saved searches (also removed ones), all
  /// generations including the trash, and the history. The dump is one state of the catalog, even
  /// if other processes write meanwhile. Memory use is constant.
  ///
  /// - Parameter write: receives some whole lines at a time.
  /// - Throws: `LibraryError`, or what `write` throws.
  public func dump(to write: (_ lines: [UInt8]) throws -> Void) throws {
    try dump(dividing: Self.fewGenerations, to: write)
  }

  /// - Parameter fewest: the number of generations from which on two connections read.
  func dump(
    dividing fewest: Int, to write: (_ lines: [UInt8]) throws -> Void
  ) throws {
    let connections = try connectionsForReading(dividing: fewest)
    let shared = SharedRead(connections.count)
    // While lines are written, each connection reads and makes the next ones.
    let readers = connections.enumerated().map { number, library in
      let reader = DumpReader(number: number, count: connections.count, folder: folder)
      return ReadAhead<DumpChunk>(depth: 2) { give in
        try shared.read(library) { try reader.run(in: $0, give) }
      }
    }
    defer {
      for reader in readers { reader.abandon() }
      // A caller may move or delete the library next.
      for reader in readers { reader.waitForEnd() }
    }
    var turn = 0
    while let chunk = try Self.next(of: readers, turn) {
      try write(chunk.lines)
      if chunk.isWholePage { turn = (turn + 1) % readers.count }
    }
  }

  /// The next lines of the reader whose turn it is.
  private static func next(of readers: [ReadAhead<DumpChunk>], _ turn: Int) throws -> DumpChunk? {
    do {
      return try readers[turn].next()
    } catch let cancelled as CancellationError {
      // Another reader failed, and its error says why.
      for other in readers.indices where other != turn { _ = try readers[other].next() }
      throw cancelled
    }
  }

  /// Passes on the tags, collections, saved searches and permanent deletions, also removed ones.
  static func forEachLibraryField(
    in database: Database, _ body: (LibraryField) throws -> Void
  ) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        WITH present(field) AS (
          SELECT 'tag/' || name FROM tag UNION ALL SELECT 'collection/' || name FROM collection
          UNION ALL SELECT 'search/' || name FROM saved_search)
        SELECT field, at FROM (SELECT field FROM present UNION SELECT field FROM library_edit)
        LEFT JOIN library_edit USING (field) ORDER BY field
        """)
    while let row = try rows.next() {
      guard let field = EditField(row[0] as String) else { continue }
      try body(
        LibraryField(
          field: field, value: try LibraryFields.value(field, in: database),
          editedAt: (row[1] as Int64?).map(Timestamp.init(milliseconds:))))
    }
  }
}
