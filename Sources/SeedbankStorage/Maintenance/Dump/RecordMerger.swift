import FoundationEssentials
internal import GRDB
import SeedbankModel

/// Merges a record into the generation of the same uid: fields that people edit one by one, the state
/// as a whole from whichever side is further.
struct RecordMerger {
  let database: Database
  let folder: LibraryFolder
  let now: Timestamp
  /// This library, which no merge makes the owner of anything.
  let library: LibraryID?

  /// Returns whether anything changed.
  func merge(
    _ theirs: GenerationRecord, _ uid: UID, parent: Int64?, collectionTimes: [String: Int64],
    _ report: inout RestoreReport
  ) throws -> Bool {
    guard let id = try self.id(of: uid),
      let ours = try ArchiveLoader.load([GenerationID(id)], folder: folder, in: database).first
    else { return false }
    if ours.request != theirs.request, !(ours.isImported && theirs.isImported) {
      report.note(MergeConflict(generation: uid, field: "request", keptOurs: true))
      return false
    }
    let edits = editsNeeded(ours, theirs, uid, &report)
    let isBehind = ours.progress.lexicographicallyPrecedes(theirs.progress)
    let changesOwner = !isBehind && isAdopted(theirs, since: ours)
    let gainsParent = ours.parent == nil && parent != nil
    let gainsVerdict = ours.verdict == nil && theirs.verdict != nil
    let gained = isBehind ? [] : theirs.images(beside: ours)
    guard
      !edits.isEmpty || isBehind || changesOwner || gainsParent || gainsVerdict || !gained.isEmpty
    else {
      return false
    }
    try SearchIndex.editing([id], in: database) {
      for (field, merged) in edits {
        try apply(field, merged, from: ours, to: id, collectionTimes)
      }
      if isBehind { try takeState(of: theirs, beside: ours, to: id, &report) }
      if isBehind || changesOwner { try takeOwner(of: theirs, to: id, &report) }
      try add(gained, to: id, &report)
      if gainsParent || gainsVerdict { try takeLineage(of: theirs, parent, to: id) }
    }
    return true
  }

  /// Puts the generation into the trash, where it is here and was not taken out of it since `time`;
  /// returns whether that changed anything.
  func trash(_ uid: UID, at time: Timestamp, _ report: inout RestoreReport) throws -> Bool {
    guard let id = try self.id(of: uid),
      let ours = try ArchiveLoader.load([GenerationID(id)], folder: folder, in: database).first
    else { return false }
    let our = ours.editable[.trashed] ?? VersionedValue()
    let their = VersionedValue(value: FieldValue.number(time.milliseconds), at: time)
    let merged = VersionedValue.merge(our, their)
    if our.value == nil, VersionedValue.conflict(our, their) {
      report.note(
        MergeConflict(
          generation: uid, field: EditField.trashed.description, keptOurs: merged == our))
    }
    guard merged != our else { return false }
    try SearchIndex.editing([id], in: database) {
      try apply(.trashed, merged, from: ours, to: id, [:])
    }
    return our.value == nil
  }

  private func id(of uid: UID) throws -> Int64? {
    try Int64.fetchOne(
      database.cachedStatement(sql: "SELECT id FROM generation WHERE uid = ?"),
      arguments: [uid.data])
  }

  /// The fields whose value or stamp is to become another.
  private func editsNeeded(
    _ ours: GenerationRecord, _ theirs: GenerationRecord, _ uid: UID, _ report: inout RestoreReport
  ) -> [(EditField, VersionedValue)] {
    let (ourFields, theirFields) = (ours.editable, theirs.editable)
    return theirFields.sorted { $0.key < $1.key }.compactMap { field, their in
      let our = ourFields[field] ?? VersionedValue()
      let merged = VersionedValue.merge(our, their)
      if VersionedValue.conflict(our, their) {
        report.note(
          MergeConflict(
            generation: uid, field: field.description, keptOurs: merged.value == our.value))
      }
      return merged == our ? nil : (field, merged)
    }
  }

  private func apply(
    _ field: EditField, _ merged: VersionedValue, from ours: GenerationRecord, to id: Int64,
    _ collectionTimes: [String: Int64]
  ) throws {
    let current = try GenerationFields.value(field, of: id, in: database)
    if current != merged.value {
      var time = now.milliseconds
      if case .collection(let name) = field { time = collectionTimes[name] ?? time }
      try GenerationFields.set(field, of: id, to: merged.value, at: time, in: database)
    }
    guard let stamp = merged.at else { return }
    try database.cachedStatement(
      sql: """
        INSERT INTO field_edit(generation_id, field, at) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET at = excluded.at
        """
    ).execute(arguments: [id, field.description, stamp.milliseconds])
  }

  private func takeState(
    of record: GenerationRecord, beside ours: GenerationRecord, to id: Int64,
    _ report: inout RestoreReport
  ) throws {
    try database.cachedStatement(
      sql: """
        UPDATE generation SET status = ?, completed_at = ?, job_id = ?, error_code = ?,
          error_message = ?, usage = ?, attempts = ?, reply_body = ?, poll_body = ?,
          width = coalesce(width, ?), height = coalesce(height, ?)
        WHERE id = ?
        """
    ).execute(arguments: [
      record.restorableStatus.rawValue, record.completedAt?.milliseconds, record.jobID,
      record.restorableFailure?.code, record.restorableFailure?.message, record.usage,
      record.archive?.attempts ?? 0, record.archive?.replyBody?.data,
      record.archive?.pollBody?.data, record.parameters.width, record.parameters.height, id,
    ])
    for table in ["image", "event"] {
      try database.cachedStatement(sql: "DELETE FROM \(table) WHERE generation_id = ?")
        .execute(arguments: [id])
    }
    try add(record.images + ours.images(beside: record), to: id, &report)
    var parts = try PartStatements(database)
    for (sequence, event) in (record.archive?.events ?? []).enumerated() {
      try parts.add(event, sequence + 1, to: id)
    }
  }

  /// Whether another library adopted the generation after its owner here did, or recorded it.
  private func isAdopted(_ theirs: GenerationRecord, since ours: GenerationRecord) -> Bool {
    guard let archive = theirs.archive, archive.owner != ours.archive?.owner else { return false }
    return (archive.ownedAt ?? .distantPast) > (ours.archive?.ownedAt ?? .distantPast)
  }

  /// The library whose state it is continues it.
  private func takeOwner(
    of record: GenerationRecord, to id: Int64, _ report: inout RestoreReport
  ) throws {
    if let archive = record.archive, archive.owner == nil || archive.owner != library {
      try database.cachedStatement(
        sql: "UPDATE generation SET owner = ?, owned_at = ? WHERE id = ?"
      ).execute(arguments: [archive.owner?.bytes.data, archive.ownedAt?.milliseconds, id])
    }
    let isHeld = try Bool.fetchOne(
      database.cachedStatement(sql: "SELECT \(Ownership.isHeld()) FROM generation WHERE id = ?"),
      arguments: [id])
    if isHeld == true { report.held += 1 }
  }

  private func add(
    _ images: [ImageRecord], to id: Int64, _ report: inout RestoreReport
  ) throws {
    guard !images.isEmpty else { return }
    var parts = try PartStatements(database)
    for image in images {
      let isHere = FileSystem.size(folder.path(of: image)) != nil
      if !isHere { report.missingImages += 1 }
      try parts.add(image, to: id, missingSince: isHere ? nil : now)
    }
  }

  private func takeLineage(of record: GenerationRecord, _ parent: Int64?, to id: Int64) throws {
    try database.cachedStatement(
      sql: """
        UPDATE generation SET parent_id = coalesce(parent_id, ?),
          parent_change = coalesce(parent_change, ?), verdict = coalesce(verdict, ?),
          verdict_detail = coalesce(verdict_detail, ?)
        WHERE id = ?
        """
    ).execute(arguments: [
      parent, record.parentChange, record.verdict?.kind, record.verdict?.detail, id,
    ])
  }
}

extension GenerationRecord {
  /// The images at positions of which the other version of this generation knows nothing: an exported
  /// file tells of itself alone, so its brothers come one by one.
  fileprivate func images(beside other: GenerationRecord) -> [ImageRecord] {
    let known = Set(other.images.map(\.position))
    return images.filter { !known.contains($0.position) }
  }
}
