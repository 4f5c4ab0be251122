internal import GRDB
import SeedbankQuery

/// What the index entries of some generations are made from, read before an edit of ratings, favorite flags and
/// tags.
///
/// Generations share the parts that their entries have in common: models with sizes, and tags. The texts are not read.
struct MarkedEntries {
  struct Row {
    let id: Int64
    let rating: Int?
    let isFavorite: Bool
    /// The place in `frames`.
    let frame: Int
    /// The range in `tags`.
    var tags: Range<Int> = 0..<0
  }

  /// The values of an entry that the edit does not change, without the texts.
  struct Frame {
    let column: FacetColumn
    let facets: [(kind: FacetKind, value: String)]
  }

  /// In the order of ids; without generations in the trash.
  private(set) var rows: [Row] = []
  private(set) var frames: [Frame] = []
  /// The places of the tags of all rows in `EntryTags`.
  private(set) var tags: [Int] = []

  /// - Parameter ids: the ids in ascending order without duplicates.
  init(_ ids: [Int64], _ tokens: inout EntryTags, in database: Database) throws {
    rows.reserveCapacity(ids.count)
    let list = ColumnValue.text(JSONList.text(ids))
    try readRows(list, in: database)
    // SQLite need not keep the order of the list, although it does.
    if !rows.isAscending({ $0.id < $1.id }) { rows.sort { $0.id < $1.id } }
    try readTags(list, &tokens, in: database)
  }

  private mutating func readRows(_ list: ColumnValue, in database: Database) throws {
    var found = try RawRows(Self.sql, list, in: database)
    var places: [FrameKey: Int] = [:]
    var key = FrameKey()
    while try found.next() {
      key.read(found)
      let frame: Int
      if let known = places[key] {
        frame = known
      } else {
        let values = IndexSource.values(found)
        frame = frames.count
        frames.append(Frame(column: FacetColumn(values), facets: values.facets))
        places[key] = frame
      }
      rows.append(
        Row(
          id: found.integer(0), rating: found.optionalInteger(7).map { Int($0) },
          isFavorite: found.integer(8) != 0, frame: frame))
    }
  }

  private mutating func readTags(
    _ list: ColumnValue, _ tokens: inout EntryTags, in database: Database
  ) throws {
    var pairs: [(id: Int64, tag: Int)] = []
    var found = try RawRows(Self.tagSQL, list, in: database)
    while try found.next() {
      guard let tag = try tokens.place(of: found.integer(1), in: database) else { continue }
      pairs.append((found.integer(0), tag))
    }
    if !pairs.isAscending({ $0.id <= $1.id }) { pairs.sort { $0.id < $1.id } }
    tags.reserveCapacity(pairs.count)
    var next = pairs.startIndex
    for index in rows.indices {
      let start = tags.count
      while next < pairs.endIndex, pairs[next].id <= rows[index].id {
        if pairs[next].id == rows[index].id { tags.append(pairs[next].tag) }
        next += 1
      }
      rows[index].tags = start..<tags.count
    }
  }

  /// A prompt is replaced by an empty text, and a note by a space.
  private static let sql = """
    SELECT g.id, '', CASE WHEN g.note <> '' THEN ' ' END, g.model, g.size, g.width, g.height,
      g.rating, g.favorite, v.settings
    FROM json_each(?) AS chosen CROSS JOIN generation AS g ON g.id = chosen.value
    LEFT JOIN provenance AS v ON v.generation_id = g.id
    WHERE g.trashed_at IS NULL
    """
  private static let tagSQL = """
    SELECT t.generation_id, t.tag_id
    FROM json_each(?) AS chosen CROSS JOIN generation_tag AS t ON t.generation_id = chosen.value
    """
}

/// The columns from which a frame is made, as bytes.
private struct FrameKey: Hashable {
  private var bytes: [UInt8] = []

  /// Reads a row of the statements of `MarkedEntries`.
  mutating func read(_ row: borrowing RawRows) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(row.isNull(2) || row.bytes(2).isEmpty ? 0 : 1)
    for column: Int32 in [3, 4, 9] {
      let text = row.bytes(column)
      append(row.isNull(column) ? -1 : Int64(text.count))
      bytes.append(contentsOf: text)
    }
    for column: Int32 in [5, 6] { append(row.isNull(column) ? -1 : row.integer(column)) }
  }

  private mutating func append(_ number: Int64) {
    withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
  }

  func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}

extension Array {
  fileprivate func isAscending(_ isInOrder: (Element, Element) -> Bool) -> Bool {
    zip(self, dropFirst()).allSatisfy(isInOrder)
  }
}
