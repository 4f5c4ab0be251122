internal import GRDB
import SeedbankModel

/// The timelines.
enum EventTable {
  static func add(
    _ kind: String, to id: GenerationID, at time: Timestamp, detail: String? = nil,
    in database: Database
  ) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO event(generation_id, sequence, at, kind, detail)
        SELECT :id, coalesce(max(sequence), 0) + 1, :at, :kind, :detail
        FROM event WHERE generation_id = :id
        """)
    try statement.execute(arguments: [
      "id": id.rawValue, "at": time.milliseconds, "kind": kind, "detail": detail,
    ])
  }

  static func events(of id: GenerationID, in database: Database) throws -> [Event] {
    let statement = try database.cachedStatement(
      sql: "SELECT at, kind, detail FROM event WHERE generation_id = ? ORDER BY sequence")
    return try Row.fetchAll(statement, arguments: [id.rawValue]).map { row in
      Event(at: Timestamp(milliseconds: row["at"]), kind: row["kind"], detail: row["detail"])
    }
  }
}
