internal import GRDB
package import SeedbankModel

/// The result of reading an imported image's metadata again.
package struct MetadataReading: Hashable, Sendable {
  /// The generation.
  package let generation: GenerationID
  /// The metadata in the file.
  package var metadata: RecordedMetadata
  /// The tool's own text; nil leaves the recorded one as it is.
  package var raw: [UInt8]?
  /// What people wrote into the file.
  ///
  /// A value is used only if its field was never edited in the library.
  package var tags: [TagName] = []
  /// 1…5.
  package var rating: Int?
  /// The note in the file.
  package var note: String?

  /// The files that were read.
  package enum Source: Sendable {
    case image
    /// Sidecars of images that are already in the library.
    case sidecar
  }

  /// Makes a reading of one generation's file.
  package init(generation: GenerationID, metadata: RecordedMetadata, raw: [UInt8]?) {
    self.generation = generation
    self.metadata = metadata
    self.raw = raw
  }
}

/// The changes of one generation by metadata that was read again.
package struct MetadataChange: Hashable, Sendable {
  /// The generation.
  package let generation: GenerationID
  /// In the order of the record; of the raw text only that it differs.
  package let fields: [GenerationDifference.Field]
}

extension Generation {
  /// Whether the image was made elsewhere, so that its metadata was read and never requested.
  package var isImported: Bool { gateway == nil && jobID == nil && !images.isEmpty }
}

extension Library {
  /// Replaces the recorded metadata of imported images by newly read metadata, as one edit.
  ///
  /// Generations that were requested from a service are skipped. Tags, ratings and notes that a
  /// person edited are not changed.
  ///
  /// - Parameters:
  ///   - source: the files that were read, for the history.
  ///   - actor: the person who edits, for the history.
  ///   - rehearsing: whether to find out what would change, and change nothing.
  /// - Throws: `LibraryError`.
  package func apply(
    _ readings: [MetadataReading], from source: MetadataReading.Source = .image,
    by actor: String, at time: Timestamp, rehearsing: Bool = false
  ) throws -> (report: EditReport, changes: [MetadataChange]) {
    try write(rehearsing: rehearsing) { database in
      var editor = MetadataEditor(try ChangeWriter(database, actor: actor, at: time), source)
      for chunk in readings.chunks(of: GenerationEditor.chunk) { try editor.apply(chunk) }
      return try editor.finish()
    }
  }
}

/// Applies readings within one transaction.
struct MetadataEditor {
  private var writer: ChangeWriter
  private let source: MetadataReading.Source
  private var report = EditReport()
  private var changes: [MetadataChange] = []

  init(_ writer: ChangeWriter, _ source: MetadataReading.Source) {
    self.writer = writer
    self.source = source
  }

  mutating func apply(_ readings: ArraySlice<MetadataReading>) throws {
    let ids = readings.map(\.generation)
    let imported = try GenerationLoader.load(ids, in: writer.database).filter(\.isImported)
    let requested = try self.requested(imported.map(\.id.rawValue))
    let targets = imported.filter { !requested.contains($0.id.rawValue) }
    let byID = Dictionary(readings.map { ($0.generation, $0) }, uniquingKeysWith: { $1 })
    // What an edit needs of the library comes first, so that undoing, which goes backwards, removes it
    // last.
    for generation in targets {
      for tag in byID[generation.id]?.tags ?? [] where try isUnedited(.tag(tag), generation) {
        try writer.set(.tag(tag), to: FieldValue.yes)
      }
    }
    try SearchIndex.editing(targets.map(\.id.rawValue), in: writer.database) {
      for generation in targets {
        if let reading = byID[generation.id] { try apply(reading, to: generation) }
      }
    }
  }

  private mutating func apply(_ reading: MetadataReading, to generation: Generation) throws {
    let target = EditTarget(id: generation.id.rawValue, uid: generation.uid.data)
    let before = RecordedMetadata(generation)
    var fields = before.differences(to: reading.metadata)
    if reading.metadata.tool == nil {
      // It depends on the tool, so it must be earlier in the history.
      _ = try writer.set(.rawMetadata, of: target, to: nil)
    }
    if try writer.set(.metadata, of: target, to: reading.metadata.json) == false { fields = [] }
    if let raw = reading.raw, reading.metadata.tool != nil, raw != generation.provenance?.raw,
      try writer.set(.rawMetadata, of: target, to: MetadataTable.rawValue(raw))
    {
      fields.append(
        GenerationDifference.Field(name: "raw", before: nil, after: "\(raw.count) bytes"))
    }
    for tag in reading.tags where try isUnedited(.tag(tag), generation) {
      if try writer.set(.tag(tag), of: target, to: FieldValue.yes) {
        fields.append(GenerationDifference.Field(name: "tag", before: nil, after: tag.description))
      }
    }
    if let rating = reading.rating, generation.rating == nil, try isUnedited(.rating, generation),
      try writer.set(.rating, of: target, to: FieldValue.number(Int64(rating)))
    {
      fields.append(GenerationDifference.Field(name: "rating", before: nil, after: "\(rating)"))
    }
    if let note = reading.note, generation.note == nil, try isUnedited(.note, generation),
      try writer.set(.note, of: target, to: FieldValue.text(note))
    {
      fields.append(GenerationDifference.Field(name: "note", before: nil, after: note))
    }
    guard !fields.isEmpty else { return }
    report.changed += 1
    changes.append(MetadataChange(generation: generation.id, fields: fields))
  }

  mutating func finish() throws -> (report: EditReport, changes: [MetadataChange]) {
    report.change = writer.id
    let what = "\(report.changed) generation\(report.changed == 1 ? "" : "s")"
    let action =
      switch source {
      case .image: "read the metadata of \(what) again"
      case .sidecar: "added metadata from sidecars to \(what)"
      }
    try writer.finish(action)
    return (report, changes)
  }

  private func isUnedited(_ field: EditField, _ generation: Generation) throws -> Bool {
    let statement = try writer.database.cachedStatement(
      sql: "SELECT 1 FROM field_edit WHERE generation_id = ? AND field = ?")
    return try Int.fetchOne(
      statement, arguments: [generation.id.rawValue, field.description]) == nil
  }

  /// Returns those of `ids` that have a request, which were therefore not imported.
  private func requested(_ ids: [Int64]) throws -> Set<Int64> {
    let statement = try writer.database.cachedStatement(
      sql: """
        SELECT g.id FROM json_each(?) AS wanted CROSS JOIN generation AS g ON g.id = wanted.value
        WHERE g.request_body IS NOT NULL
        """)
    return try Set(Int64.fetchAll(statement, arguments: [JSONList.text(ids)]))
  }
}
