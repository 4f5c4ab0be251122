internal import GRDB
internal import GRDBSQLite

/// The entries of one term, or of all terms with a prefix, read from the pages of the full-text index.
///
/// FTS5 returns one match after the other to SQLite, which takes several times as long. For a prefix it
/// first merges the lists of all terms.
enum TermEntries {
  /// Returns the ids of the entries; nil if `MATCH` must find them, or finds them sooner.
  ///
  /// - Parameter ids: the ids to look for.
  static func ids(
    of term: [UInt8], isPrefix: Bool, within ids: ClosedRange<Int64>, in database: Database
  ) throws -> IDSet? {
    // Within a transaction that changes the index, FTS5 keeps new entries in memory.
    guard sqlite3_txn_state(database.sqliteConnection, "main") != SQLITE_TXN_WRITE,
      let all = try OrderedMatches.range(in: database), ids.overlaps(all)
    else { return nil }
    // A damaged index may contain other ids.
    let wanted = ids.clamped(to: all)
    let (length, isLong) = all.upperBound.subtractingReportingOverflow(all.lowerBound)
    guard !isLong, length < IDSet.largestID else { return nil }
    // For a few ids, `MATCH` skips most of the list.
    guard isPrefix || (wanted.upperBound - wanted.lowerBound) >= length / 8 else { return nil }
    do {
      return try read(SegmentReader.mainTerm(term), isPrefix, wanted, in: database)
    } catch is IndexFormatError {
      return nil
    }
  }

  private static func read(
    _ wanted: [UInt8], _ isPrefix: Bool, _ ids: ClosedRange<Int64>, in database: Database
  ) throws -> IDSet {
    var found = IDSet()
    func isWanted(_ reader: SegmentReader) -> Bool {
      isPrefix ? reader.term.starts(with: wanted) : reader.term == wanted
    }
    // The newest are first.
    var readers: [SegmentReader] = []
    for segment in try IndexSegment.all(in: database) {
      let reader = try SegmentReader(segment, from: wanted, in: database)
      if try reader.seek(wanted, onPage: !isPrefix), isWanted(reader) { readers.append(reader) }
    }
    while let first = readers.first {
      let least = readers.dropFirst().reduce(first.term) {
        $1.term.lexicographicallyPrecedes($0) ? $1.term : $0
      }
      let current = readers.filter { $0.term == least }
      try add(current, ids, to: &found)
      guard isPrefix else { break }
      for reader in current where try !(reader.nextTerm() && isWanted(reader)) {
        readers.removeAll { $0 === reader }
      }
    }
    return found
  }

  /// Adds the entries of one term in several segments, the newest first.
  private static func add(
    _ readers: [SegmentReader], _ ids: ClosedRange<Int64>, to found: inout IDSet
  ) throws {
    // A newer entry replaces the older ones.
    var newer = IDSet()
    for (number, reader) in readers.enumerated() {
      let (isFirst, isLast) = (number == 0, number == readers.count - 1)
      try reader.forEachEntry { id, hasPositions in
        guard ids.contains(id), isFirst || !newer.contains(id) else { return }
        if !isLast { newer.insert(id) }
        if hasPositions { found.insert(id) }
      }
    }
  }

  /// Calls `body` with each of `ids` whose entry has a term in its prompt or note, in any order.
  ///
  /// FTS5 must not keep entries in memory.
  ///
  /// - Parameter segments: of the index, the newest first.
  /// - Throws: `IndexFormatError` if the pages do not have the known form, `DatabaseError`.
  static func forEachText(
    of ids: ClosedRange<Int64>, with word: [UInt8], in segments: [IndexSegment],
    of database: Database, _ body: (Int64) -> Void
  ) throws {
    let wanted = SegmentReader.mainTerm(word)
    // A newer entry replaces the older ones.
    var newer = IDSet()
    for segment in segments {
      let reader = try SegmentReader(segment, from: wanted, in: database)
      guard try reader.seek(wanted, onPage: true), reader.term == wanted else { continue }
      while try reader.nextEntry() {
        let id = reader.rowid
        // Entries of deleted generations remain, and a damaged index may contain any id.
        guard ids.contains(id), !newer.contains(id) else { continue }
        newer.insert(id)
        if try reader.withPositions({ isInText($0) }) { body(id) }
      }
    }
  }

  /// Returns whether positions are in the prompt or in the note, the first columns.
  ///
  /// Positions of the first column come first. A byte of 1 and the number of the column precede those of the others.
  private static func isInText(_ positions: UnsafeRawBufferPointer) -> Bool {
    guard let first = positions.first else { return false }
    return first != 1 || (positions.count > 1 && positions[1] == 1)
  }
}
