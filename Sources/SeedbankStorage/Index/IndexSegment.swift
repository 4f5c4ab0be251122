internal import GRDB

/// A part of the full-text index that SQLite wrote at one time.
struct IndexSegment {
  let id: Int64
  let firstPage: Int64
  let lastPage: Int64

  /// Returns the segments, the newest first.
  ///
  /// Row 10 of the data has a cookie of four bytes and the numbers of levels, of segments and of writes.
  /// Each level has the number of segments that are being merged and of all its segments, the oldest
  /// first. Lower levels are newer.
  /// - Throws: `IndexFormatError`, `DatabaseError`.
  static func all(in database: Database) throws -> [IndexSegment] {
    var rows = try RawRows("SELECT block FROM search_index_data WHERE id = 10", in: database)
    guard try rows.next() else { throw IndexFormatError() }
    let bytes = rows.bytes(0)
    // A first byte of 255 marks the format of tables from which rows are deleted without their text.
    guard bytes.count > 4, bytes[4] != 0xFF else { throw IndexFormatError() }
    var offset = 4
    let levels = try Varint.read(bytes, &offset)
    let total = try Varint.read(bytes, &offset)
    _ = try Varint.read(bytes, &offset)
    guard (0...mostSegments).contains(levels), (0...mostSegments).contains(total) else {
      throw IndexFormatError()
    }
    var found: [IndexSegment] = []
    for _ in 0..<levels {
      _ = try Varint.read(bytes, &offset)
      let count = try Varint.read(bytes, &offset)
      guard (0...total).contains(count) else { throw IndexFormatError() }
      var level: [IndexSegment] = []
      for _ in 0..<count {
        let segment = IndexSegment(
          id: try Varint.read(bytes, &offset), firstPage: try Varint.read(bytes, &offset),
          lastPage: try Varint.read(bytes, &offset))
        guard (1...0xFFFF).contains(segment.id),
          segment.firstPage >= 0, segment.firstPage <= segment.lastPage,
          segment.lastPage < 1 << 31
        else { throw IndexFormatError() }
        // The pages of a segment that was merged completely are deleted.
        if segment.lastPage > 0 { level.append(segment) }
      }
      found += level.reversed()
    }
    guard found.count <= total else { throw IndexFormatError() }
    return found
  }

  private static let mostSegments: Int64 = 2_000

  /// Returns the page that contains a term if the segment has it; nil for the first page.
  func page(of term: [UInt8], in database: Database) throws -> Int64? {
    // The low bit says whether the list of the term has an index.
    let page = try database.integer(
      """
      SELECT pgno >> 1 FROM search_index_idx WHERE segid = ? AND term <= ?
      ORDER BY term DESC LIMIT 1
      """, .integer(id), .blob(term))
    guard let page, page > firstPage else { return nil }
    guard page <= lastPage else { throw IndexFormatError() }
    return page
  }
}
