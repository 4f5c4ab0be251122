internal import GRDB
import SeedbankModel

/// The images whose files are not in the library: they are on a remote only, or missing.
struct AbsentImages: Sendable, Equatable {
  /// The absent images of one generation.
  struct Count: Sendable, Equatable {
    var images: Int64
    /// Those of them that a remote has.
    var onRemote: Int64
  }

  /// The number of the newest ones, and a sum that differs if others take their place.
  struct Total: Sendable, Equatable {
    var images: Int64 = 0
    var sum: Int64 = 0
  }

  var total = Total()
  /// By generation; empty if there are more than `mostListed`.
  var counts: [Int64: Count] = [:]

  /// Nearly all images of a clone can be absent.
  ///
  /// To list them at each change would take too long.
  private static let mostListed: Int64 = 2_000

  private var isListed: Bool { total.images <= Self.mostListed }
}

extension AbsentImages {
  init(of database: Database) throws {
    total = try Total(of: database)
    guard isListed else { return }
    var rows = try RawRows(
      """
      SELECT generation_id, count(*), sum(\(FilePlace.isOnRemote("image."))) FROM image
      WHERE missing_since IS NOT NULL GROUP BY generation_id
      """, in: database)
    while try rows.next() {
      counts[rows.integer(0)] = Count(images: rows.integer(1), onRemote: rows.integer(2))
    }
  }

  /// The generations whose absent images changed; nil if that is not known.
  ///
  /// - Parameter newest: the last generation at the time of `old`. If there are too many, later ones are left out.
  func generations(
    changedSince old: AbsentImages, newest: Int64, in database: Database
  ) throws -> Set<Int64>? {
    guard self != old else { return [] }
    guard isListed, old.isListed else {
      return try Total(of: database, upTo: newest) == old.total ? [] : nil
    }
    return Set(counts.keys).union(old.counts.keys).filter { counts[$0] != old.counts[$0] }
  }
}

extension AbsentImages.Total {
  /// So many rows are read in about 20 ms.
  private static let mostCounted: Int64 = 100_000

  /// - Parameter last: the last generation that is counted.
  fileprivate init(of database: Database, upTo last: Int64 = .max) throws {
    // Without the higher bits of the ids, the sum cannot overflow.
    var rows = try RawRows(
      """
      SELECT count(*), sum(generation_id & 0x7fffffff) FROM (
        SELECT generation_id FROM image WHERE missing_since IS NOT NULL AND generation_id <= ?
        ORDER BY generation_id DESC LIMIT ?)
      """, .integer(last), .integer(Self.mostCounted), in: database)
    guard try rows.next() else { return }
    images = rows.integer(0)
    sum = rows.integer(1)
  }
}
