internal import GRDB
import SeedbankModel

/// The range of ids that contains all generations created within a range of time.
///
/// Generations that are not `late` were created in the order of their ids. A range of time is
/// therefore a range of ids. One step in an index finds each end.
///
/// Imports of old images create late generations. They widen the range of ids, so the search must
/// also check the time of each row.
struct ArrivalRange {
  /// The ids; nil if no generation was created within the time.
  let ids: ClosedRange<Int64>?
  /// Whether all generations in the range of ids were created within the time.
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

  /// Reads the index three times in one statement, because each statement adds a noticeable cost to
  /// a short search.
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
