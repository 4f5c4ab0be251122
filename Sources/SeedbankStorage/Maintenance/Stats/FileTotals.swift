internal import GRDB
import SeedbankModel

/// The number and the size of image files, each counted once, also if several rows refer to it.
struct FileTotals {
  private(set) var files = 0
  private(set) var bytes: Int64 = 0
  /// Files that are neither in the library nor on a remote.
  private(set) var missing = 0
  /// Files that are on a remote only.
  private(set) var remote = 0

  /// Counts the files of the image store, also those of the trash.
  ///
  /// Nearly all files have one row. So all rows are counted, and those of the other files are then
  /// replaced by one for each file.
  init(in database: Database) throws {
    // Few files are missing, and an index has them. Deciding it for each row takes most of the time.
    var totals = try FileTotals("SELECT bytes, 0 AS missing, 0 AS remote FROM image", in: database)
    let lost = try FileTotals(
      "SELECT \(Self.columns("image.")) FROM image WHERE missing_since IS NOT NULL", in: database)
    (totals.missing, totals.remote) = (lost.missing, lost.remote)
    let shared = """
      WITH shared AS MATERIALIZED (
        SELECT sha256 FROM image GROUP BY sha256 HAVING count(*) > 1
        UNION SELECT sha256 FROM reference_image)
      """
    func rows(of table: String) -> String {
      """
      SELECT \(table).sha256, format, \(Self.columns("\(table)."))
      FROM shared CROSS JOIN \(table) ON \(table).sha256 = shared.sha256
      """
    }
    let (images, references) = (rows(of: "image"), rows(of: "reference_image"))
    totals.subtract(try FileTotals(images, after: shared, in: database))
    totals.add(
      try FileTotals(
        """
        SELECT max(bytes) AS bytes, max(missing) AS missing, max(remote) AS remote
        FROM (\(images) UNION ALL \(references))
        GROUP BY sha256, format
        """, after: shared, in: database))
    self = totals
  }

  /// - Parameter row: the name of a row of `image` or `reference_image`, with a period.
  private static func columns(_ row: String) -> String {
    """
    \(row)bytes AS bytes, \(row)missing_since IS NOT NULL AS missing,
    \(FilePlace.remote.condition(row)) AS remote
    """
  }

  /// - Parameter rows: a statement with the columns of `columns`.
  private init(_ rows: String, after head: String = "", in database: Database) throws {
    let row = try Row.fetchOne(
      database,
      sql: """
        \(head) SELECT count(*), total(bytes), total(missing AND NOT remote), total(missing AND remote)
        FROM (\(rows))
        """)
    files = row?[0] ?? 0
    bytes = row?[1] ?? 0
    missing = row?[2] ?? 0
    remote = row?[3] ?? 0
  }

  private mutating func add(_ other: FileTotals) {
    files += other.files
    bytes += other.bytes
    missing += other.missing
    remote += other.remote
  }

  private mutating func subtract(_ other: FileTotals) {
    files -= other.files
    bytes -= other.bytes
    missing -= other.missing
    remote -= other.remote
  }
}
