internal import GRDB

/// All occurrences of tokens in the full-text index, read from its pages.
enum IndexOccurrences {
  /// Calls `body` with each list of positions of a token in an entry.
  ///
  /// - Parameter key: converts the bytes of a token to the value that is passed to `body`.
  /// - Throws: `IndexFormatError` if the pages do not have the known form, `DatabaseError`, and what
  ///   `body` throws.
  static func forEach<Token>(
    in database: Database, key: (UnsafeRawBufferPointer) -> Token,
    _ body: (_ token: Token, _ id: Int64, _ positions: UnsafeRawBufferPointer) throws -> Void
  ) throws {
    // The newest are first.
    var readers: [SegmentReader] = []
    for segment in try IndexSegment.all(in: database) {
      let reader = try SegmentReader(segment, in: database)
      if try reader.nextTerm() { readers.append(reader) }
    }
    while let first = readers.first {
      let least = readers.dropFirst().reduce(first.term) {
        $1.term.lexicographicallyPrecedes($0) ? $1.term : $0
      }
      let current = readers.filter { $0.term == least }
      // The first byte names the index of all terms.
      let token = least.withUnsafeBytes { key(UnsafeRawBufferPointer(rebasing: $0.dropFirst())) }
      try visit(current, token, body)
      for reader in current where try !reader.nextTerm() { readers.removeAll { $0 === reader } }
    }
  }

  /// Visits the entries of one term in several segments, the newest first.
  private static func visit<Token>(
    _ readers: [SegmentReader], _ token: Token,
    _ body: (Token, Int64, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    guard readers.count > 1 else {
      while try readers[0].nextEntry() {
        let id = readers[0].rowid
        try readers[0].withPositions { try body(token, id, $0) }
      }
      return
    }
    var active = try readers.filter { try $0.nextEntry() }
    while let id = active.map(\.rowid).min() {
      // A newer entry replaces the older ones. If it has no positions, it only deletes them.
      let newest = active.first { $0.rowid == id }
      try newest?.withPositions { try body(token, id, $0) }
      active = try active.filter { try $0.rowid != id || $0.nextEntry() }
    }
  }
}
