internal import GRDB
import SeedbankModel

/// Inserts restored generations with all their parts, as fast as SQLite takes them.
struct RestoreWriter {
  private let database: Database
  private let folder: LibraryFolder
  private var generation: BoundStatement
  private var finder: GenerationFinder
  private var parts: PartStatements
  private var prompts: PromptWriter
  private var index: BulkIndexWriter
  private var indexes: DeferredIndexes
  private var isReadyForMerges = false
  private var tagIDs: [ExactText: Int64] = [:]
  private var collectionIDs: [ExactText: Int64] = [:]
  /// Whether the library had no generation.
  var startsEmpty: Bool { indexes.areDropped }
  /// Whether generations keep the numbers that people knew them by: only into an empty library.
  private let keepsNumbers: Bool
  private var latest: Int64
  private var lastID: Int64 = 0
  /// For images whose files are not there.
  private let now: Timestamp
  /// This library.
  ///
  /// A restore never makes it the owner: what it once recorded, and no longer has, may have been
  /// sent since the dump was written.
  private let library: LibraryStanding

  init(_ database: Database, folder: LibraryFolder, at now: Timestamp) throws {
    self.database = database
    self.folder = folder
    self.now = now
    library = try Ownership.standing(in: database)
    // Before any statement is prepared that would have to be prepared again.
    indexes = try DeferredIndexes(database)
    if indexes.areDropped { try database.setConstraintChecks(false) }
    generation = try GenerationRow.statement(in: database)
    finder = try GenerationFinder(database)
    parts = try PartStatements(database)
    prompts = try PromptWriter(database, withIndex: !indexes.areDropped)
    index = try BulkIndexWriter(database)
    latest =
      try Int64.fetchOne(database, sql: "SELECT max(created_at) FROM generation WHERE late = 0")
      ?? .min
    let used = try Int64.fetchOne(
      database, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'generation'")
    keepsNumbers = (used ?? 0) == 0
  }

  /// Adds the generation, unless there is one of this uid already; then returns nil, and the caller may change
  /// that one.
  mutating func add(
    _ prepared: PreparedRecord, parent: Int64?, collectionTimes: [ExactText: Int64],
    _ report: inout RestoreReport
  ) throws -> Int64? {
    if let id = try insert(prepared, parent: parent, collectionTimes, &report) { return id }
    try prepareForMerging()
    return nil
  }

  private mutating func insert(
    _ prepared: PreparedRecord, parent: Int64?, _ collectionTimes: [ExactText: Int64],
    _ report: inout RestoreReport
  ) throws -> Int64? {
    let (record, uid) = (prepared.record, prepared.uid)
    if !keepsNumbers {
      // An insert that comes to nothing would use up an id all the same.
      if try finder.id(of: uid) != nil { return nil }
    }
    let createdAt = record.createdAt ?? now
    if prompts.isFull { try makePromptIndex() }
    let promptID = try prompts.id(of: record.prompt, hash: prepared.promptHash)
    let archive = record.archive ?? RecordArchive()
    let wasOurs = archive.owner != nil && archive.owner == library.id
    let row = GenerationRow(
      id: numberKept(from: record), uid: uid, promptID: promptID,
      status: record.restorableStatus, createdAt: createdAt,
      isLate: createdAt.milliseconds < latest, parent: parent, attempts: archive.attempts,
      requestBody: archive.requestBody, replyBody: archive.replyBody, pollBody: archive.pollBody,
      owner: wasOurs ? nil : archive.owner,
      ownedAt: wasOurs && library.isInOwnFolder ? archive.afterOwner : archive.ownedAt,
      content: prepared.columns)
    guard let id = try row.insert(&generation) else { return nil }
    lastID = id
    latest = max(latest, createdAt.milliseconds)
    try addParts(of: record, id, collectionTimes, &report)
    if let text = prepared.indexed { try index.add(id, text, prepared.facets) }
    return id
  }

  /// Prepares for changes of generations that are not made by this value.
  ///
  /// Indexes that a merge of a record needs are made; the others can wait.
  mutating func prepareForMerging() throws {
    try index.settle()
    guard !isReadyForMerges else { return }
    isReadyForMerges = true
    try database.setConstraintChecks(true)
    try indexes.make(of: "collection_item")
    // A merge adds prompts too.
    try makePromptIndex()
  }

  private mutating func makePromptIndex() throws {
    // The prompts in memory are given up first, because sorting needs as much.
    prompts.useIndex()
    try indexes.make(of: "prompt")
  }

  /// Ends the indexes' part; in the same transaction.
  mutating func finish() throws {
    try database.setConstraintChecks(true)
    try index.finish(optimizing: indexes.areDropped)
    // From here on no prompt is added.
    try makePromptIndex()
    try indexes.make()
  }

  private func numberKept(from record: GenerationRecord) -> Int64? {
    guard keepsNumbers, let number = record.id?.rawValue, number > lastID,
      number <= IDSet.largestID
    else { return nil }
    return number
  }

  private mutating func addParts(
    of record: GenerationRecord, _ id: Int64, _ collectionTimes: [ExactText: Int64],
    _ report: inout RestoreReport
  ) throws {
    for tag in record.tags { try parts.add(tag: tagID(tag), to: id) }
    for image in record.images {
      let (image, isHere) = folder.located(image)
      if !isHere { report.missingImages += 1 }
      try parts.add(image, to: id, missingSince: isHere ? nil : now)
    }
    for reference in record.references {
      let (reference, isHere) = folder.located(reference)
      if !isHere { report.missingImages += 1 }
      try parts.add(reference, to: id, missingSince: isHere ? nil : now)
    }
    if let provenance = record.provenance { try parts.add(provenance, to: id) }
    guard let archive = record.archive else { return }
    for (sequence, event) in archive.events.enumerated() {
      try parts.add(event, sequence + 1, to: id)
    }
    for (name, position) in archive.collections {
      let time = collectionTimes[name] ?? now.milliseconds
      try parts.add(position, in: collectionID(name, madeAt: time), to: id)
    }
    for (field, time) in archive.edits { try parts.add(field, time, to: id) }
  }

  private mutating func tagID(_ tag: TagName) throws -> Int64 {
    let name = ExactText(tag.description)
    if let known = tagIDs[name] { return known }
    let id = try TagTable.id(of: tag, in: database)
    tagIDs[name] = id
    return id
  }

  private mutating func collectionID(_ name: ExactText, madeAt time: Int64) throws -> Int64 {
    if let known = collectionIDs[name] { return known }
    let id = try CollectionTable.id(of: name.text, madeAt: time, in: database)
    collectionIDs[name] = id
    return id
  }
}
