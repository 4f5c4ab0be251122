internal import GRDB
import SeedbankModel

/// The lines of a segment that is made of changes, and what they contain.
struct ChangedLines {
  private var writer = JSONWriter()
  /// How many of the fields say that a generation was permanently deleted.
  private(set) var deletions = 0
  /// How many records there are.
  private(set) var generations = 0
  /// The generations, and the versions that are sent.
  private(set) var versions: [SentVersion] = []
  /// The images that must be on the remote before the lines, each once.
  private(set) var images: [PushedImage] = []
  /// The images that are recorded for the remote, each once.
  private(set) var recorded: [PushedImage] = []
  private var seen: Set<Digest> = []

  /// The most generations whose records are in memory at a time.
  private static let loadedTogether = 250
  /// The number of the first ones of a segment, whose size shows how many of the next ones have room in it.
  private static let loadedFirst = 25

  /// JSON Lines, without the header.
  var bytes: [UInt8] { writer.bytes }

  /// Adds the fields of the library that changed.
  ///
  /// - Returns: the version of the last change.
  mutating func add(fieldsAfter version: Int64, in database: Database) throws -> Int64 {
    var last = version
    let fields = try Row.fetchAll(
      database,
      sql: "SELECT field, version FROM changed_field WHERE version > ? ORDER BY field",
      arguments: [version])
    for row in fields {
      last = max(last, row[1])
      guard let field = EditField(row[0] as String) else { continue }
      if case .erased = field { deletions += 1 }
      let at = try Int64.fetchOne(
        database, sql: "SELECT at FROM library_edit WHERE field = ?",
        arguments: [field.description])
      let line = LibraryField(
        field: field, value: try LibraryFields.value(field, in: database),
        editedAt: at.map(Timestamp.init(milliseconds:)))
      DumpLine.field(line).write(to: &writer)
      writer.newline()
    }
    return last
  }

  /// Adds the records of generations.
  ///
  /// - Parameters:
  ///   - rows: ids and versions.
  ///   - limit: of bytes, after which no more generations are added.
  mutating func add(
    _ rows: ArraySlice<Row>, _ known: KnownImages, limit: Int, folder: LibraryFolder,
    in database: Database
  ) throws {
    var (rest, size) = (rows, Self.loadedFirst)
    while !rest.isEmpty, writer.bytes.count < limit {
      let some = rest.prefix(size)
      rest = rest.dropFirst(size)
      let before = writer.bytes.count
      let sent = some.map {
        SentVersion(generation: GenerationID($0[0] as Int64), version: $0[1])
      }
      versions += sent
      for record in try ArchiveLoader.load(
        sent.map(\.generation).sorted(), folder: folder, in: database)
      {
        let (record, unsent, recorded) = try known.prepare(record.forRemotes)
        record.write(to: &writer)
        writer.newline()
        generations += 1
        for image in unsent where seen.insert(image.digest).inserted { images.append(image) }
        for image in recorded where seen.insert(image.digest).inserted {
          self.recorded.append(image)
        }
      }
      let each = (writer.bytes.count - before) / some.count + 1
      size = max(1, min(Self.loadedTogether, (limit - writer.bytes.count) / each))
    }
  }
}
