internal import GRDB
import SeedbankModel

/// The number and the size of image files, each counted once, also if several rows refer to it.
struct FileTotals {
  private(set) var files = 0
  /// Records of other libraries can contain any sizes, so this has more digits than what is shown.
  private var exactBytes: Int128 = 0
  /// Files that are neither in the library nor on a remote.
  private(set) var missing = 0
  /// Files that are on a remote only.
  private(set) var remote = 0

  var bytes: Int64 { Int64(clamping: exactBytes) }

  /// Counts the files of the image store, also those of the trash.
  ///
  /// Nearly all files have one row. So all rows are counted, and those of the other files are then
  /// replaced by one for each file.
  ///
  /// - Parameter batch: the number of these files that are kept in memory at a time.
  init(in database: Database, batch: Int = 50_000) throws {
    var rows = try RawRows("SELECT count(*), total(bytes) FROM image", in: database)
    if try rows.next() { (files, exactBytes) = (Int(rows.integer(0)), Int128(rows.real(1))) }
    // Few files are missing, and an index has them. Deciding it for each row takes most of the time.
    let isRemote = FilePlace.remote.condition("image.")
    var lost = try RawRows(
      """
      SELECT total(NOT (\(isRemote))), total(\(isRemote)) FROM image WHERE missing_since IS NOT NULL
      """, in: database)
    if try lost.next() { (missing, remote) = (Int(lost.integer(0)), Int(lost.integer(1))) }
    try correct(batch: batch, images: files, in: database)
  }

  /// Replaces the rows of files that have several by one for each file.
  private mutating func correct(batch: Int, images: Int, in database: Database) throws {
    let references = Int(try database.integer("SELECT count(*) FROM reference_image") ?? 0)
    var shared = try RawRows(Self.sharedSQL, in: database)
    var isLast = false
    while !isLast {
      var found = SharedFiles()
      var digests: [[UInt8]] = []
      var (imageRows, referenceRows) = (0, 0)
      while digests.count < batch {
        guard try shared.next() else {
          isLast = true
          break
        }
        digests.append(Array(shared.bytes(0)))
        found.insert(Array(shared.bytes(0)))
        imageRows += Int(shared.integer(1))
        referenceRows += Int(shared.integer(2))
      }
      if digests.isEmpty { break }
      try Self.forEachRow(
        of: "image", digests, readsAll: imageRows * Self.costOfLookup > images, in: database
      ) { row in
        if found.add(row) { count(-1, row.file) }
      }
      try Self.forEachRow(
        of: "reference_image", digests,
        readsAll: referenceRows * Self.costOfLookup > references, in: database
      ) { _ = found.add($0) }
      for file in found.files { count(1, file) }
    }
  }

  /// Adds a file, or subtracts it if `number` is -1.
  private mutating func count(_ number: Int, _ file: FileValues) {
    files += number
    exactBytes += Int128(number) * Int128(file.bytes)
    if file.isOnRemote {
      remote += number
    } else if file.isMissing {
      missing += number
    }
  }

  /// The number of rows that are read one after the other in the time of a lookup by digest.
  private static let costOfLookup = 10

  /// The digests of files that have several rows or are reference images, with the numbers of rows.
  private static let sharedSQL = """
    SELECT sha256, total(images), total("references") FROM (
      SELECT sha256, count(*) AS images, 0 AS "references" FROM image
      GROUP BY sha256 HAVING count(*) > 1
      UNION ALL
      SELECT sha256, 1, count(*) FROM reference_image GROUP BY sha256
    ) GROUP BY sha256
    """

  /// Calls `body` with each row of these digests, and of others if all rows are read.
  ///
  /// - Parameter readsAll: whether all rows are read in their order. A lookup takes longer than a row.
  private static func forEachRow(
    of table: String, _ digests: [[UInt8]], readsAll: Bool, in database: Database,
    _ body: (FileRow) -> Void
  ) throws {
    let columns = """
      SELECT sha256, format, bytes, missing_since IS NOT NULL, \(FilePlace.remote.condition("\(table)."))
      FROM \(table)
      """
    if readsAll {
      var rows = try RawRows("\(columns) NOT INDEXED", in: database)
      while try rows.next() { body(FileRow(rows)) }
      return
    }
    for digest in digests {
      var rows = try RawRows("\(columns) WHERE sha256 = ?", .blob(digest), in: database)
      while try rows.next() { body(FileRow(rows)) }
    }
  }
}

extension FileRow {
  /// Reads a row of `forEachRow`; it is good until the next row.
  fileprivate init(_ row: borrowing RawRows) {
    digest = row.bytes(0)
    format = row.bytes(1)
    file = FileValues(
      bytes: row.integer(2), isMissing: row.integer(3) != 0, isOnRemote: row.integer(4) != 0)
  }
}
