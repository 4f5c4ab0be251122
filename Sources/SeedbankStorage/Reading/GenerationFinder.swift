internal import GRDB
import SeedbankModel

/// Finds the ids of generations by their uids.
struct GenerationFinder {
  private var statement: BoundStatement

  init(_ database: Database) throws {
    statement = try BoundStatement(cached: "SELECT id FROM generation WHERE uid = ?", in: database)
  }

  /// Returns the id; nil if the generation does not exist.
  mutating func id(of uid: UnsafeRawBufferPointer) throws -> Int64? {
    statement.bind(blobInPlace: uid)
    return try statement.integer()
  }

  /// Returns the id; nil if the generation does not exist.
  mutating func id(of uid: UID) throws -> Int64? {
    statement.bind(blob: uid.bytes)
    return try statement.integer()
  }
}
