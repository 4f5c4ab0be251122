import FilePaths
import SeedbankModel
import SeedbankStorage

/// The records in the `manifest.jsonl` of an export, by the digests of their images.
///
/// When the manifest is opened, only the positions of its lines are stored. A line is read again when it
/// is needed, so that a folder of a hundred thousand images needs memory only for their digests.
struct ExportedManifest: Sendable {
  private let path: FilePath
  private let places: [Digest: [Range<Int64>]]

  /// Reads the manifest at `path`; nil if it does not exist, or if another program wrote it.
  init?(_ path: FilePath) {
    guard let lines = FileLines(path, largest: FileLines.largestManifest) else { return nil }
    var places: [Digest: [Range<Int64>]] = [:]
    while let (place, line) = lines.next() {
      guard let record = try? GenerationRecord(json: line) else { continue }
      guard record.uid != nil else { continue }
      for digest in Set(record.images.map(\.digest)) { places[digest, default: []].append(place) }
    }
    guard !places.isEmpty else { return nil }
    self.path = path
    self.places = places
  }

  /// The records of the generations with the image of this digest.
  func records(of digest: Digest) -> [GenerationRecord] {
    guard let places = places[digest], let lines = FileLines(path) else { return [] }
    return places.compactMap { place in
      let record = lines.line(at: place).flatMap { try? GenerationRecord(json: $0) }
      // The file may have been changed in the meantime.
      return record.flatMap { $0.images.contains { $0.digest == digest } ? $0 : nil }
    }
  }
}
