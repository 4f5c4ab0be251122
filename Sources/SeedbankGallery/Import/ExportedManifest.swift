import FilePaths
import Platform
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
    guard let lines = ManifestLines(path) else { return nil }
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
    guard let places = places[digest], let lines = ManifestLines(path) else { return [] }
    return places.compactMap { place in
      let record = lines.line(at: place).flatMap { try? GenerationRecord(json: $0) }
      // The file may have been changed in the meantime.
      return record.flatMap { $0.images.contains { $0.digest == digest } ? $0 : nil }
    }
  }
}

/// The lines of a file with their offsets.
private final class ManifestLines {
  /// The largest manifest, about half a million records.
  ///
  /// A line may be as long as the file, and is kept in memory.
  private static let largest = 1 << 30
  private let file: UnsafeMutablePointer<FILE>
  private var buffer: UnsafeMutablePointer<CChar>?
  private var capacity = 0
  private var position: Int64 = 0

  init?(_ path: FilePath) {
    var status = stat()
    guard stat(path, &status) == 0, status.isRegularFile,
      status.st_size <= Self.largest, let file = fopen(path, "re")
    else { return nil }
    self.file = file
  }

  deinit {
    free(buffer)
    fclose(file)
  }

  func next() -> (place: Range<Int64>, line: UnsafeBufferPointer<UInt8>)? {
    let count = getline(&buffer, &capacity, file)
    guard count > 0, let buffer else { return nil }
    defer { position += Int64(count) }
    let bytes = UnsafeRawBufferPointer(start: buffer, count: count)
    return (position..<position + Int64(count), bytes.assumingMemoryBound(to: UInt8.self))
  }

  func line(at place: Range<Int64>) -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: place.count) { buffer, count in
      count = max(0, pread(fileno(file), buffer.baseAddress, buffer.count, off_t(place.lowerBound)))
    }
    return bytes.count == place.count ? bytes : nil
  }
}
