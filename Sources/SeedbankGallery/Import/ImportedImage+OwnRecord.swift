import FilePaths
import SeedbankImaging
import SeedbankModel
import SeedbankStorage

extension ImportedImage {
  /// The bytes before an export wrote metadata into them, if they can be restored.
  ///
  /// The digest in the record verifies them.
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

  /// Whether its record is one of Seedbank.
  var isOwn: Bool {
    switch origin {
    case .own, .listed: true
    case .tool, .none: false
    }
  }

  /// The Seedbank records of the file, with this file as their image; empty without such a record.
  ///
  /// - Parameter isFirst: whether these bytes occur for the first time in this import.
  func ownRecords(tags: [TagName], isFirst: Bool) -> [GenerationRecord] {
    switch origin {
    case .own(let record): [completed(record, tags)]
    // The manifest contains all generations with these bytes.
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
    // The ids belong to another library. Parents are found by uid.
    record.id = nil
    record.parent = nil
    return record
  }
}

extension XMPPacket {
  /// The record of an export, if there is one.
  var ownRecord: GenerationRecord? {
    record.flatMap { try? GenerationRecord(json: $0) }
  }
}

extension ImportedFile {
  /// The record in the `.xmp` file beside a file, if Seedbank wrote it.
  static func sidecar(of path: FilePath) -> GenerationRecord? {
    guard let file = try? read(path + ".xmp", limit: 1 << 24, anyKind: true) else { return nil }
    return XMPPacket(reading: [String(decoding: file.bytes, as: UTF8.self)]).ownRecord
  }
}
