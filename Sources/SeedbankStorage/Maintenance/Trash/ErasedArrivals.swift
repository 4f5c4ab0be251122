internal import GRDB
import SeedbankModel

/// Generations that a merge added, and whose permanent deletion in another library it brought too.
///
/// They were never in this library before, so they are removed again instead of being moved to its trash. The
/// result is that of the other order, in which the deletion comes first and the generation is skipped.
struct ErasedArrivals {
  private let database: Database
  private let start: MergeStart
  private var uids: [Int64: UID] = [:]

  init(_ database: Database, since start: MergeStart) {
    self.database = database
    self.start = start
  }

  /// Takes a generation that was permanently deleted; returns false if it was in the library before.
  mutating func add(_ uid: UID, _ id: Int64) -> Bool {
    guard start.isBefore(generation: id) else { return false }
    uids[id] = uid
    return true
  }

  /// Removes the generations that were not restored after their deletion.
  ///
  /// - Returns: those that a person can have used already. They belong in the trash.
  func remove(
    _ erasures: Erasures, _ report: inout RestoreReport
  ) throws -> [(uid: UID, id: Int64)] {
    guard !uids.isEmpty else { return [] }
    let isUnused = try !start.hasEdits(in: database)
    var used: [(uid: UID, id: Int64)] = []
    for chunk in uids.keys.sorted().chunks(of: GenerationEditor.chunk) {
      var unused: [Int64] = []
      for id in chunk {
        guard let uid = uids[id], let erasedAt = erasures[uid],
          try Erasure(at: erasedAt).covers(Erasures.revivedAt(id, in: database))
        else { continue }
        if isUnused, try !hasFile(id) { unused.append(id) } else { used.append((uid, id)) }
      }
      if !unused.isEmpty { try remove(unused, &report) }
    }
    return used
  }

  private func hasFile(_ id: Int64) throws -> Bool {
    try database.integer(
      "SELECT 1 FROM (\(Library.files)) WHERE generation_id = ? AND missing_since IS NULL LIMIT 1",
      .integer(id)) != nil
  }

  private func remove(_ ids: [Int64], _ report: inout RestoreReport) throws {
    let list = ColumnValue.text(JSONList.text(ids))
    let these = "IN (SELECT value FROM json_each(?))"
    var files = try RawRows(
      "SELECT sha256 FROM (\(Library.files)) WHERE generation_id \(these)", list, in: database)
    while try files.next() {
      if let digest = Digest(bytes: files.bytes(0)) { report.removedImages.insert(digest) }
      // None of them has a file.
      report.missingImages -= 1
    }
    let prompts = try Int64.fetchAll(
      database, sql: "SELECT DISTINCT prompt_id FROM generation WHERE id \(these)",
      arguments: [list])
    try SearchIndex.editing(ids, in: database) {
      try database.run("DELETE FROM generation WHERE id \(these)", list)
      try database.run(
        """
        DELETE FROM prompt WHERE id \(these)
          AND NOT EXISTS (SELECT 1 FROM generation WHERE prompt_id = prompt.id)
        """, .text(JSONList.text(prompts)))
    }
    report.added -= ids.count
    report.leftOut += ids.count
  }
}
