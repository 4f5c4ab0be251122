import SeedbankModel
import SeedbankStorage

/// Tags, ratings and notes from sidecars of images that the library already has.
///
/// They are written only into fields that are empty and were never edited.
struct SidecarNews {
  private var waiting: [(digest: Digest, personal: PersonalMetadata)] = []

  /// The number of images per edit.
  ///
  /// Memory limits it, because notes can be long.
  private static let most = 500

  var isFull: Bool { waiting.count >= Self.most }

  /// Adds the data of a file's sidecars, if there are any.
  mutating func add(_ found: ImportedImage) {
    guard found.isKnown, !found.isOwn else { return }
    let personal = found.personal
    guard !personal.tags.isEmpty || personal.rating != nil || personal.note(beside: nil) != nil
    else { return }
    waiting.append((found.image.digest, personal))
  }

  /// Writes the collected data as one edit that can be undone.
  ///
  /// - Parameter isRehearsal: whether the generations are only counted.
  /// - Returns: the number of changed generations.
  /// - Throws: `LibraryError`.
  mutating func write(
    to library: Library, by actor: String, at time: Timestamp, isRehearsal: Bool
  ) throws -> Int {
    defer { waiting = [] }
    guard !waiting.isEmpty else { return 0 }
    var readings: [MetadataReading] = []
    for (digest, personal) in waiting {
      let generations = try library.generations(library.ids(holding: digest))
      for generation in generations where generation.isImported {
        let reading = Self.reading(of: personal, generation)
        if reading.mayChange(generation) { readings.append(reading) }
      }
    }
    guard !isRehearsal, !readings.isEmpty else { return readings.count }
    return try library.apply(readings, from: .sidecar, by: actor, at: time).report.changed
  }

  private static func reading(
    of personal: PersonalMetadata, _ generation: Generation
  ) -> MetadataReading {
    var reading = MetadataReading(
      generation: generation.id, metadata: RecordedMetadata(generation), raw: nil)
    var record = ForeignRecord(
      tool: generation.provenance?.tool ?? "none",
      raw: generation.provenance?.raw.map { String(decoding: $0, as: UTF8.self) } ?? "")
    record.prompt = generation.prompt
    reading.tags = personal.tags
    reading.rating = personal.rating
    reading.note = personal.note(beside: record)
    return reading
  }
}
