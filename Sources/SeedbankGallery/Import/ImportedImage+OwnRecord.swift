import FilePaths
import SeedbankImaging
import SeedbankModel
import SeedbankStorage

extension ImportedImage {
  /// The bytes as they were before an export put its copies in, where they can be brought back; the
  /// record's digest is the proof.
  static func original(
    of document: MetadataDocument, _ record: GenerationRecord,
    _ found: (bytes: [UInt8], digest: Digest)
  ) -> ([UInt8], Digest) {
    let digests = Set(record.images.map(\.digest))
    guard !digests.contains(found.digest) else { return found }
    for undoing in document.undoings {
      let bytes = undoing.applied(to: found.bytes)
      let digest = Digest(of: bytes)
      if digests.contains(digest) { return (bytes, digest) }
    }
    return found
  }

  /// Whether the record of it is our own.
  var isOwn: Bool {
    switch origin {
    case .own, .listed: true
    case .tool, .none: false
    }
  }

  /// Our own records of the file, with this file as their image; none where it has none.
  ///
  /// - Parameter isFirst: whether these bytes were not met before in this import.
  func ownRecords(tags: [TagName], isFirst: Bool) -> [GenerationRecord] {
    switch origin {
    case .own(let record): [completed(record, tags)]
    // The manifest tells all generations of these bytes at once.
    case .listed(let records): isFirst ? records.map { completed($0, tags) } : []
    case .tool, .none: []
    }
  }

  private func completed(_ record: GenerationRecord, _ tags: [TagName]) -> GenerationRecord {
    var record = record
    let places = record.images.filter { $0.digest == image.digest }.map(\.position)
    var found = ImageRecord(image, folder: LibraryFolder(path: ""))
    found.path = nil
    record.images = (places.isEmpty ? [record.images.first?.position ?? 1] : places).map {
      found.position = $0
      return found
    }
    record.tags = Array(Set(record.tags + tags)).sorted()
    // Numbers are another library's; lineage goes by uid.
    record.id = nil
    record.parent = nil
    return record
  }
}

extension XMPPacket {
  /// The record that an export wrote, if one did.
  var ownRecord: GenerationRecord? {
    record.flatMap { try? GenerationRecord(json: $0) }
  }
}

extension ImportedFile {
  /// What stands beside a file in its `.xmp`, if that is of our own.
  static func sidecar(of path: FilePath) -> GenerationRecord? {
    guard let file = try? read(path + ".xmp", limit: 1 << 24, anyKind: true) else { return nil }
    return XMPPacket(reading: [String(decoding: file.bytes, as: UTF8.self)]).ownRecord
  }
}
