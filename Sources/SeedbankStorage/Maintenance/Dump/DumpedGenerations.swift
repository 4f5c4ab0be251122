internal import GRDB
import SeedbankModel

/// Writes the lines of generations, straight from their rows.
///
/// `ArchiveLoader` makes whole records, which other code can use, but copying each value several times
/// takes longer than everything else.
struct DumpedGenerations {
  private let folder: LibraryFolder
  private var tags: [Int64: (text: String, name: TagName?)] = [:]

  init(folder: LibraryFolder) { self.folder = folder }

  /// Writes a line for each generation of a range of ids.
  mutating func write(
    _ ids: ClosedRange<Int64>, to writer: inout JSONWriter, in database: Database
  ) throws {
    let (first, last) = (ColumnValue.integer(ids.lowerBound), ColumnValue.integer(ids.upperBound))
    var rows = try RawRows(Self.generationSQL, first, last, in: database)
    var tagRows = try RowsByGeneration(GenerationLoader.tagSQL(.range), ids, in: database)
    var images = try RowsByGeneration(GenerationLoader.imageSQL(.range), ids, in: database)
    var references = try RowsByGeneration(GenerationLoader.referenceSQL(.range), ids, in: database)
    var events = try RowsByGeneration(ArchiveLoader.eventSQL(.range), ids, in: database)
    var collections = try RowsByGeneration(ArchiveLoader.collectionSQL(.range), ids, in: database)
    var stamps = try RowsByGeneration(ArchiveLoader.stampSQL(.range), ids, in: database)
    while try rows.next() {
      guard var record = Self.record(rows) else { continue }
      let id = rows.integer(0)
      var archive = Self.archive(rows)
      record.tags = try tagNames(of: id, &tagRows, in: database)
      try images.forEach(of: id) { row in
        guard let image = ImageTable.image(row, from: 1) else { return }
        record.images.append(ImageRecord(image, folder: folder))
      }
      try references.forEach(of: id) { row in
        guard let reference = ReferenceTable.reference(row, from: 1) else { return }
        record.references.append(reference)
      }
      try events.forEach(of: id) { archive.addEvent($0) }
      try collections.forEach(of: id) { archive.addCollection($0) }
      try stamps.forEach(of: id) { archive.addStamp($0) }
      record.archive = archive
      record.write(fieldsOf: rows, from: Self.firstField, prompt: 5, to: &writer)
      writer.newline()
    }
  }

  /// Everything but the prompt, the fields and the values of other tables.
  private static func record(_ rows: borrowing RawRows) -> GenerationRecord? {
    guard let uid = UID(bytes: rows.bytes(1)), let status = Status(rawValue: rows.text(2)) else {
      return nil
    }
    var record = GenerationRecord(prompt: "")
    record.id = GenerationID(rows.integer(0))
    record.uid = uid
    record.status = status
    record.createdAt = Timestamp(milliseconds: rows.integer(3))
    record.parent = rows.optionalInteger(4).map { GenerationID($0) }
    record.parentUID = UID(bytes: rows.bytes(9))
    if let tool = rows.optionalText(6) {
      record.provenance = Provenance(
        tool: tool, settings: rows.text(7), raw: rows.optionalBytes(8))
    }
    return record
  }

  private static func archive(_ rows: borrowing RawRows) -> RecordArchive {
    var archive = RecordArchive()
    archive.attempts = Int(rows.integer(10))
    archive.requestBody = rows.optionalBytes(11)
    archive.replyBody = rows.optionalBytes(12)
    archive.pollBody = rows.optionalBytes(13)
    archive.owner = rows.optionalBytes(14).map { LibraryID(bytes: $0) }
    archive.ownedAt = rows.optionalInteger(15).map(Timestamp.init(milliseconds:))
    return archive
  }

  private static let firstField: Int32 = 16
  private static let generationSQL = """
    SELECT g.id, g.uid, g.status, g.created_at, g.parent_id, p.text, v.tool, v.settings, v.raw,
      parent.uid, g.attempts, g.request_body, g.reply_body, g.poll_body, g.owner, g.owned_at,
      \(GenerationContent.columns(of: "g."))
    FROM generation AS g CROSS JOIN prompt AS p ON p.id = g.prompt_id
    LEFT JOIN provenance AS v ON v.generation_id = g.id
    LEFT JOIN generation AS parent ON parent.id = g.parent_id
    WHERE g.id BETWEEN ? AND ? ORDER BY g.id
    """

  /// The tags of a generation in the order of their bytes, as SQLite orders them.
  private mutating func tagNames(
    of id: Int64, _ rows: inout RowsByGeneration, in database: Database
  ) throws -> [TagName] {
    var found: [(text: String, name: TagName?)] = []
    try rows.forEach(of: id) { row in
      let tag = row.integer(1)
      if let known = tags[tag] { return found.append(known) }
      let text = try TagTable.name(of: tag, in: database)
      let entry = (text: text, name: TagName(text))
      tags[tag] = entry
      found.append(entry)
    }
    if found.count > 1 {
      found.sort { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    }
    return found.compactMap(\.name)
  }
}

/// The rows of a table that belong to generations, read beside the generations in the order of their
/// ids.
private struct RowsByGeneration: ~Copyable {
  private var rows: RawRows
  private var isAtRow: Bool

  /// - Parameter sql: a statement for a range, with the id of the generation in its first column and
  ///   in its order.
  init(_ sql: String, _ ids: ClosedRange<Int64>, in database: Database) throws {
    var found = try RawRows(sql, .integer(ids.lowerBound), .integer(ids.upperBound), in: database)
    isAtRow = try found.next()
    rows = found
  }

  /// Calls `body` with each row of a generation, whose id is greater than that of the last call.
  mutating func forEach(of id: Int64, _ body: (borrowing RawRows) throws -> Void) throws {
    while isAtRow {
      let owner = rows.integer(0)
      guard owner <= id else { return }
      if owner == id { try body(rows) }
      isAtRow = try rows.next()
    }
  }
}
