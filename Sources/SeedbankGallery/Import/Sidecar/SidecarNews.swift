import SeedbankModel
import SeedbankStorage

/// What sidecars say of images that the library already has: tags, ratings and notes, and the text of a
/// tool beside another file of an image that the same import added without one.
///
/// Tags, ratings and notes are written only into fields that are empty and were never edited.
struct SidecarNews {
  private struct Entry {
    let digest: Digest
    var personal: PersonalMetadata
    var record: ForeignRecord?
    /// Whether there is a note for an image in `planned`, beside the record of its first file.
    var bringsNote = false
  }

  private var waiting: [Entry] = []
  private var positions: [Digest: Int] = [:]
  private var textBytes = 0
  /// The images that this import added without the text of a tool, with the names of their tools in the
  /// report.
  private var unnamed: [Digest: String] = [:]
  /// The images that the import would add, if it is only rehearsed.
  private var planned: [Digest: PlannedImage] = [:]

  /// The number of images per edit, and of bytes of tools' texts.
  ///
  /// Memory limits them, because notes and graphs can be long.
  private static let (most, mostTextBytes) = (500, 4 << 20)

  var isFull: Bool { waiting.count >= Self.most || textBytes >= Self.mostTextBytes }

  /// Adds the data of the sidecars of an image that the library had before this import.
  mutating func add(known found: ImportedImage) {
    add(Entry(digest: found.image.digest, personal: found.personal))
  }

  /// Notes that the import adds an image.
  mutating func addedToLibrary(_ found: ImportedImage) {
    if case .tool(let record) = found.origin, record.isToolText { return }
    unnamed[found.image.digest] = found.origin.name
  }

  /// Notes what an import that is only rehearsed would write of an image.
  mutating func plan(_ draft: GenerationDraft, of found: ImportedImage) {
    planned[found.image.digest] = PlannedImage(found.path, draft)
  }

  /// Adds the data of the sidecars of another file with the bytes of an image that was added.
  ///
  /// - Returns: the name of the image's tool so far and the new one, if this file has the text of a tool
  ///   and all files before had none.
  mutating func add(
    another found: ImportedImage, _ logs: FooocusLogs, readsPersonalMetadata: Bool
  ) -> (before: String, after: String)? {
    let digest = found.image.digest
    let name = unnamed[digest]
    guard name != nil || readsPersonalMetadata else { return nil }
    let sidecars = found.readSidecars(logs, includingFile: name != nil)
    var entry = Entry(
      digest: digest, personal: readsPersonalMetadata ? sidecars.personal : PersonalMetadata())
    if let plan = planned[digest], !plan.hasNote, entry.personal.note(beside: nil) != nil {
      let first = found.record(of: plan.path, logs)
      entry.bringsNote = entry.personal.note(beside: first) != nil
    }
    guard let name, let record = sidecars.record, record.isToolText else {
      add(entry)
      return nil
    }
    unnamed[digest] = nil
    entry.record = record
    add(entry)
    return (name, record.tool)
  }

  private mutating func add(_ entry: Entry) {
    let personal = entry.personal
    guard
      entry.record != nil || !personal.tags.isEmpty || personal.rating != nil
        || personal.note(beside: nil) != nil
    else { return }
    textBytes += entry.record?.raw.utf8.count ?? 0
    if let position = positions[entry.digest] {
      waiting[position].personal = waiting[position].personal.completed(by: personal)
      waiting[position].record = waiting[position].record ?? entry.record
      waiting[position].bringsNote = waiting[position].bringsNote || entry.bringsNote
    } else {
      positions[entry.digest] = waiting.count
      waiting.append(entry)
    }
  }

  /// Writes the collected data as one edit that can be undone.
  ///
  /// - Parameters:
  ///   - library: the library; nil if it does not exist yet.
  ///   - isRehearsal: whether the generations are only counted.
  /// - Returns: the number of changed generations.
  /// - Throws: `LibraryError`.
  mutating func write(
    to library: Library?, by actor: String, at time: Timestamp, isRehearsal: Bool
  ) throws -> Int {
    let entries = waiting
    (waiting, positions, textBytes) = ([], [:], 0)
    guard !entries.isEmpty else { return 0 }
    var readings: [MetadataReading] = []
    // In a rehearsal, the images that the import would add are not in the library.
    var additions = 0
    for entry in entries {
      let generations =
        try library.map { try $0.generations($0.ids(holding: entry.digest)) } ?? []
      let isPlannedNews = planned[entry.digest]?.take(
        entry.personal, entry.record, bringsNote: entry.bringsNote)
      if isPlannedNews == true { additions += 1 }
      for generation in generations where generation.isImported {
        let reading = Self.reading(of: entry, generation)
        if reading.mayChange(generation) { readings.append(reading) }
      }
    }
    if isRehearsal { return readings.count + additions }
    guard let library, !readings.isEmpty else { return 0 }
    return try library.apply(readings, from: .sidecar, by: actor, at: time).report.changed
  }

  private static func reading(of entry: Entry, _ generation: Generation) -> MetadataReading {
    var reading = MetadataReading(
      generation: generation.id, metadata: RecordedMetadata(generation), raw: nil)
    var record = ForeignRecord(
      tool: generation.provenance?.tool ?? "none",
      raw: generation.provenance?.raw.map { String(decoding: $0, as: UTF8.self) } ?? "")
    record.prompt = generation.prompt
    if let found = entry.record, generation.hasNoToolText {
      record = found
      reading.metadata = RecordedMetadata(found)
      reading.raw = Array(found.raw.utf8)
    }
    reading.tags = entry.personal.tags
    reading.rating = entry.personal.rating
    reading.note = entry.personal.note(beside: record)
    return reading
  }
}

extension Generation {
  /// Whether its image was imported without the text of a tool.
  fileprivate var hasNoToolText: Bool {
    guard let provenance else { return prompt.isEmpty }
    return ForeignRecord.anonymousTools.contains(provenance.tool)
      || provenance.raw?.isEmpty ?? true
  }
}
