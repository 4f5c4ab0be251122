import FoundationEssentials
internal import GRDB
import SeedbankModel

/// Merges a record into the generation of the same uid: each edited field by its own stamp, the state
/// by its rank.
struct RecordMerger {
  let database: Database
  let folder: LibraryFolder
  let now: Timestamp
  /// This library, which no merge makes the owner of anything.
  let library: LibraryStanding

  /// Returns whether anything changed.
  ///
  /// - Parameters:
  ///   - parent: the parent that the record names, if it is in this library.
  ///   - erasedAt: when the trash was emptied of the generation, in any library.
  func merge(
    _ theirs: GenerationRecord, _ uid: UID, parent: Int64?, erasedAt: Timestamp?,
    collectionTimes: [ExactText: Int64], _ report: inout RestoreReport,
    _ replaced: inout ReplacedEdits
  ) throws -> Bool {
    guard let id = try self.id(of: uid), let ours = try load(id) else { return false }
    if ours.request != theirs.request, !(ours.isImported && theirs.isImported) {
      report.note(MergeConflict(generation: uid, field: "request", keptOurs: true))
      return false
    }
    let edits = editsNeeded(ours, theirs, (uid, id), erasedAt, &replaced)
    let joined = ours.joined(with: theirs, in: library)
    let takesParent = parent != nil && joined.parentUID != ours.parentUID
    var (state, ourState) = (joined, ours)
    // The parent's row may not be here.
    (state.parentUID, ourState.parentUID) = (nil, nil)
    guard !edits.isEmpty || state != ourState || takesParent else { return false }
    try SearchIndex.editing([id], in: database) {
      for (field, merged) in edits {
        try apply(field, merged, from: ours, to: id, collectionTimes)
      }
      if state != ourState { try write(joined, over: ours, to: id, &report) }
      if takesParent {
        try database.cachedStatement(sql: "UPDATE generation SET parent_id = ? WHERE id = ?")
          .execute(arguments: [parent, id])
      }
    }
    return true
  }

  /// Moves a generation to the trash that another library erased, unless it was restored here afterwards.
  ///
  /// - Returns: whether the generation was moved.
  func trash(
    _ uid: UID, _ id: Int64, erasedAt: Timestamp, _ replaced: inout ReplacedEdits
  ) throws -> Bool {
    guard let ours = try load(id) else { return false }
    let our = ours.editable[.trashed] ?? VersionedValue()
    let erasure = Erasure(at: erasedAt)
    guard erasure.covers(ours) else { return false }
    let merged = erasure.applied(to: VersionedValue.merge(our, erasure.edit))
    guard merged != our else { return false }
    if !merged.hasValue(of: our) { replaced.note(.trashed, of: uid, id, our) }
    try SearchIndex.editing([id], in: database) {
      try apply(.trashed, merged, from: ours, to: id, [:])
    }
    return our.value == nil
  }

  private func id(of uid: UID) throws -> Int64? {
    var finder = try GenerationFinder(database)
    return try finder.id(of: uid)
  }

  private func load(_ id: Int64) throws -> GenerationRecord? {
    try ArchiveLoader.load([GenerationID(id)], folder: folder, in: database).first
  }

  /// The fields whose value or stamp changes.
  private func editsNeeded(
    _ ours: GenerationRecord, _ theirs: GenerationRecord, _ generation: (uid: UID, id: Int64),
    _ erasedAt: Timestamp?, _ replaced: inout ReplacedEdits
  ) -> [(EditField, VersionedValue)] {
    let (ourFields, theirFields) = (ours.editable, theirs.editable)
    let revivedAt = [ourFields, theirFields].compactMap { $0[.revived]?.at }.max()
    return theirFields.sorted { $0.key < $1.key }.compactMap { field, their in
      let our = ourFields[field] ?? VersionedValue()
      var merged = VersionedValue.merge(our, their)
      if field == .trashed, let erasedAt {
        merged = Erasure(at: erasedAt).applied(to: merged, revivedAt: revivedAt)
      }
      if !merged.hasValue(of: our) {
        replaced.note(field, of: generation.uid, generation.id, our)
      }
      return merged == our ? nil : (field, merged)
    }
  }

  private func apply(
    _ field: EditField, _ merged: VersionedValue, from ours: GenerationRecord, to id: Int64,
    _ collectionTimes: [ExactText: Int64]
  ) throws {
    let current = try GenerationFields.value(field, of: id, in: database)
    if !current.isIdentical(to: merged.value) {
      var time = now.milliseconds
      if case .collection(let name) = field { time = collectionTimes[ExactText(name)] ?? time }
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

  private func write(
    _ joined: GenerationRecord, over ours: GenerationRecord, to id: Int64,
    _ report: inout RestoreReport
  ) throws {
    let archive = joined.archive ?? RecordArchive()
    try database.cachedStatement(sql: Self.updateSQL).execute(arguments: [
      "id": id, "status": joined.status?.rawValue, "created_at": joined.createdAt?.milliseconds,
      "attempts": archive.attempts, "request_body": archive.requestBody?.data,
      "reply_body": archive.replyBody?.data, "poll_body": archive.pollBody?.data,
      "owner": archive.owner?.bytes.data, "owned_at": archive.ownedAt?.milliseconds,
    ])
    try GenerationContent(joined).update(
      id, where: { $0.merge == .withState || $0.merge == .greatest }, in: database)
    if joined.references != ours.references {
      try replaceReferences(joined.references, id, &report)
    }
    if joined.images != ours.images { try replaceImages(joined.images, of: ours, id, &report) }
    if archive.events != ours.archive?.events {
      try database.cachedStatement(sql: "DELETE FROM event WHERE generation_id = ?")
        .execute(arguments: [id])
      var parts = try PartStatements(database)
      for (sequence, event) in archive.events.enumerated() {
        try parts.add(event, sequence + 1, to: id)
      }
    }
    let isHeld = try Bool.fetchOne(
      database.cachedStatement(sql: "SELECT \(Ownership.isHeld()) FROM generation WHERE id = ?"),
      arguments: [id])
    if isHeld == true { report.held += 1 }
  }

  /// A generation that is created earlier than it was known to be counts as late: the order of ids is
  /// not the order of time for it.
  private static let updateSQL = """
    UPDATE generation SET status = :status, late = late OR :created_at < created_at,
      created_at = coalesce(:created_at, created_at), attempts = :attempts,
      request_body = :request_body, reply_body = :reply_body, poll_body = :poll_body,
      owner = :owner, owned_at = :owned_at
    WHERE id = :id
    """

  private func replaceReferences(
    _ references: [ReferenceImage], _ id: Int64, _ report: inout RestoreReport
  ) throws {
    try database.cachedStatement(sql: "DELETE FROM reference_image WHERE generation_id = ?")
      .execute(arguments: [id])
    var parts = try PartStatements(database)
    for reference in references {
      let (reference, isHere) = folder.located(reference)
      if !isHere { report.missingImages += 1 }
      try parts.add(reference, to: id, missingSince: isHere ? nil : now)
    }
  }

  private func replaceImages(
    _ images: [ImageRecord], of ours: GenerationRecord, _ id: Int64,
    _ report: inout RestoreReport
  ) throws {
    let missing = try Row.fetchAll(
      database.cachedStatement(
        sql: "SELECT sha256, missing_since FROM image WHERE generation_id = ?"), arguments: [id])
    let known = Dictionary(
      missing.map { ($0[0] as Data, ($0[1] as Int64?).map(Timestamp.init(milliseconds:))) },
      uniquingKeysWith: { first, _ in first })
    try database.cachedStatement(sql: "DELETE FROM image WHERE generation_id = ?")
      .execute(arguments: [id])
    var parts = try PartStatements(database)
    for image in images {
      let (image, isHere) = folder.located(image)
      if let since = known[image.digest.bytes.data] {
        try parts.add(image, to: id, missingSince: since)
        continue
      }
      if !isHere { report.missingImages += 1 }
      try parts.add(image, to: id, missingSince: isHere ? nil : now)
    }
  }
}
