internal import GRDB
import SeedbankModel

/// The ids between which everything lies that was created within some time.
///
/// Generations that are not `late` were created in the order of their ids, so a stretch of time is a
/// stretch of ids, found at both ends by one look into the index. Late ones, as imports of old
/// pictures make, widen it, and then the rows must be asked for their time as well.
struct ArrivalRange {
  /// Nil: there are none.
  let ids: ClosedRange<Int64>?
  /// Whether everything with such an id was created within the time.
  let isExact: Bool

  init(created: (from: Timestamp?, to: Timestamp?), in database: Database) throws {
    let bounds = [created.from?.milliseconds ?? .min, created.to?.milliseconds ?? .max]
    let inOrder = try IntegerRow.fetch(Self.inOrderSQL, bounds, columns: 3, in: database)
    let anyIsLate = inOrder[2] != nil
    let late =
      anyIsLate ? try IntegerRow.fetch(Self.lateSQL, bounds, columns: 2, in: database) : []
    let ends = (inOrder[..<2] + late).compactMap(\.self)
    if let first = ends.min(), let last = ends.max() { ids = first...last } else { ids = nil }
    isExact = !anyIsLate
  }

  /// Three looks into one index, in one statement, since a search takes little longer than a few.
  private static let inOrderSQL = """
    SELECT
      (SELECT id FROM generation WHERE late = 0 AND created_at >= ?1 AND created_at < ?2
        ORDER BY created_at, id LIMIT 1),
      (SELECT id FROM generation WHERE late = 0 AND created_at >= ?1 AND created_at < ?2
        ORDER BY created_at DESC, id DESC LIMIT 1),
      (SELECT id FROM generation WHERE late = 1 LIMIT 1)
    """
  private static let lateSQL = """
    SELECT min(id), max(id) FROM generation
    WHERE late = 1 AND created_at >= ?1 AND created_at < ?2
    """
}
