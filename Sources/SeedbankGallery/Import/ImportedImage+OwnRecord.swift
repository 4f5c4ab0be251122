import FilePaths
import SeedbankImaging
import SeedbankModel
import SeedbankStorage

extension ImportedImage {
  /// A file before an export wrote metadata into it, and the record with this file as its image.
  struct Original {
    var record: GenerationRecord
    var bytes: [UInt8]
    var digest: Digest
  }

  /// The file before an export wrote metadata into it, if it can be restored or if the library has
  /// it; otherwise the file as it is.
  ///
  /// The digest in the record verifies restored bytes.
  static func original(
    of document: MetadataDocument, _ record: GenerationRecord, _ bytes: [UInt8], _ digest: Digest,
    in library: Library?, _ limits: DecodeLimits
  ) throws -> Original {
    let found = Original(record: record, bytes: bytes, digest: digest)
    let digests = Set(record.images.map(\.digest))
    guard !digests.contains(digest) else { return found }
    for undoing in document.undoings {
      let earlier = undoing.applied(to: bytes)
      let digest = Digest(of: earlier)
      if digests.contains(digest) {
        return Original(record: record, bytes: earlier, digest: digest)
      }
    }
    return try library.flatMap { try counterpart(of: document, found, in: $0, limits) } ?? found
  }

  /// The image of the same generation in the library whose file differs in its metadata only.
  ///
  /// An export changes the Exif block and the XMP packet that a file already had, and these changes
  /// cannot be undone. A file with edited pixels has no counterpart.
  private static func counterpart(
    of document: MetadataDocument, _ found: Original, in library: Library, _ limits: DecodeLimits
  ) throws -> Original? {
    guard let uid = found.record.uid,
      let bare = try? document.stripping().applied(to: found.bytes)
    else { return nil }
    let digests = Set(found.record.images.map(\.digest))
    let images = try library.images(of: uid).filter {
      $0.missingSince == nil && $0.format == document.format.rawValue
    }
    let named = images.filter { digests.contains($0.digest) }
    for image in named + images.filter({ !digests.contains($0.digest) }) {
      let path = library.folder.absolutePath(of: image)
      guard let file = try? ImportedFile.read(path, limit: limits.bytes),
        Digest(of: file.bytes) == image.digest,
        let other = try? MetadataDocument(file.bytes).stripping().applied(to: file.bytes),
        other == bare
      else { continue }
      var record = found.record
      record.images = [ImageRecord(image, folder: library.folder)]
      return Original(record: record, bytes: file.bytes, digest: image.digest)
    }
    return nil
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
    for name in SidecarFile.names(path, ".xmp") {
      guard let file = try? read(name, limit: 1 << 24, anyKind: true) else { continue }
      return XMPPacket(reading: [String(decoding: file.bytes, as: UTF8.self)]).ownRecord
    }
    return nil
  }
}
