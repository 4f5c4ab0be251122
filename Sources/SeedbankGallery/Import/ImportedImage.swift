import FilePaths
import SeedbankImaging
import SeedbankModel
import SeedbankStorage

/// One complete file of an import with its texts.
///
/// It was decoded to its end, unless the library already has its bytes.
struct ImportedImage: Sendable {
  let path: FilePath
  let identity: FileIdentity
  /// The bytes to keep.
  let bytes: [UInt8]
  /// Whether these are the file's own.
  let isAsFound: Bool
  let image: CataloguedImage
  let isKnown: Bool
  let origin: Origin
  /// The Debian package of the library that would decode it, if it is not installed.
  private(set) var missingPackage: String?
  /// Tags, rating and other data of people; for an image that is already in the library, only from
  /// sidecars.
  let personal: PersonalMetadata

  /// The time that the file has.
  var modified: Timestamp { Timestamp(milliseconds: identity.modified / 1_000_000) }

  /// The author of the file's metadata.
  enum Origin: Sendable {
    /// A Seedbank record in the file or in a sidecar.
    case own(GenerationRecord)
    /// The records in the manifest of an exported folder, for a file without metadata. Several
    /// generations may have the same bytes.
    case listed([GenerationRecord])
    case tool(ForeignRecord)
    case none

    var name: String {
      switch self {
      case .own, .listed: "seedbank"
      case .tool(let record): record.tool
      case .none: "none"
      }
    }
  }

  /// The result of reading a file.
  enum Outcome: Sendable {
    case image(ImportedImage)
    /// Neither its bytes nor its name are those of a supported file.
    case otherFile(FilePath, OtherFormat?)
    /// A sidecar, which is read with its image.
    case sidecar(FilePath, OtherFormat?)
    case problem(ImportProblem)
    /// The library could not be read.
    case stopped(any Error)

    /// The file and the digest of its image, if it has one; nil if it could not be read.
    var fileInLibrary: (path: FilePath, digest: Digest?)? {
      switch self {
      case .image(let found): (found.path, found.image.digest)
      case .otherFile(let path, _), .sidecar(let path, _): (path, nil)
      case .problem, .stopped: nil
      }
    }
  }

  /// Reads, checks and hashes the file at `path`.
  ///
  /// - Parameters:
  ///   - name: the file's original name, if it has another one now.
  ///   - manifests: the manifests of exported folders that may contain it.
  ///   - logs: the logs of folders of Fooocus.
  ///   - library: the library that may already have the image, if it exists.
  static func inspect(
    _ path: FilePath, named name: String? = nil, limits: DecodeLimits = .standard,
    manifests: [ExportedManifest] = [], logs: FooocusLogs = FooocusLogs(), library: Library?
  ) -> Outcome {
    do {
      let content = try ImportedFile.read(path, limit: limits.bytes)
      return .image(
        try ImportedImage(
          path: path, name: name ?? path.name.text, content: content, limits: limits,
          manifests: manifests, logs: logs, library: library))
    } catch ImportedFile.Failure.notAnImage(let format) where !isNamedAsImage(path) {
      return SidecarFile.isSidecar(path) ? .sidecar(path, format) : .otherFile(path, format)
    } catch let error as ImportedFile.Failure {
      return .problem(ImportProblem(path: path, kind: error.kind))
    } catch let error as ImageError {
      return .problem(ImportProblem(path: path, kind: .damaged(error)))
    } catch {
      return .stopped(error)
    }
  }

  /// A file with the name of an image that is not an image is reported.
  ///
  /// Other files are skipped.
  private static func isNamedAsImage(_ path: FilePath) -> Bool {
    [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".jxl"].contains {
      path.hasSuffix(ignoringCase: $0)
    }
  }

  private init(
    path: FilePath, name: String, content: ImportedFile, limits: DecodeLimits,
    manifests: [ExportedManifest], logs: FooocusLogs, library: Library?
  ) throws {
    self.path = path
    identity = content.identity
    let document = try? MetadataDocument(content.bytes)
    let found = Digest(of: content.bytes)
    let digest: Digest
    let own: Origin?
    if let document, let record = document.metadata.xmpPacket.ownRecord {
      let source = try Self.original(
        of: document, record, content.bytes, found, in: library, limits)
      own = .own(source.record)
      (bytes, digest) = (source.bytes, source.digest)
    } else {
      (bytes, digest) = (content.bytes, found)
      own = Self.recordBeside(path, found, manifests)
    }
    isAsFound = digest == found
    if let known = try library?.catalogued(digest) {
      image = known
      isKnown = true
      origin = own ?? .none
      // The file was read when it was imported. Its sidecars may be newer.
      personal =
        own == nil ? Sidecars(of: path).completing(nil, beside: nil) : PersonalMetadata()
      return
    }
    isKnown = false
    let picture = try Self.picture(content.bytes, limits, &missingPackage)
    if let picture {
      let header = picture.header
      image = CataloguedImage(
        position: 1, digest: digest, format: header.format.rawValue, width: header.uprightWidth,
        height: header.uprightHeight, bytes: Int64(bytes.count),
        perceptualHash: picture.perceptualHash.rawValue)
    } else {
      guard let format = ImageFormat(sniffing: content.bytes) else { throw ImageError.notAnImage }
      image = CataloguedImage(
        position: 1, digest: digest, format: format.rawValue, width: 0, height: 0,
        bytes: Int64(bytes.count), perceptualHash: nil)
    }
    guard own == nil else {
      origin = own ?? .none
      personal = PersonalMetadata()
      return
    }
    let sidecars = Sidecars(of: path)
    let record = sidecars.completing(Self.foreign(document, picture, name), logs)
    origin = record.map(Origin.tool) ?? .none
    personal = sidecars.completing(document.map { PersonalMetadata($0.metadata) }, beside: record)
  }

  /// Decodes only the size that the perceptual hash needs.
  ///
  /// The file is checked to its end in any case.
  ///
  /// Nil if the format's library is not installed.
  private static func picture(
    _ bytes: [UInt8], _ limits: DecodeLimits, _ missingPackage: inout String?
  ) throws(ImageError) -> Picture? {
    do throws(ImageError) {
      return try Picture.decode(bytes, atLeast: PerceptualHash.sufficientSide, limits: limits)
    } catch .decoderMissing(_, let package) {
      missingPackage = package
      return nil
    }
  }

  private static func recordBeside(
    _ path: FilePath, _ digest: Digest, _ manifests: [ExportedManifest]
  ) -> Origin? {
    if let record = ImportedFile.sidecar(of: path) { return .own(record) }
    let listed = manifests.flatMap { $0.records(of: digest) }
    return listed.isEmpty ? nil : .listed(listed)
  }

  static func foreign(
    _ document: MetadataDocument?, _ picture: Picture?, _ name: String
  ) -> ForeignRecord? {
    document.flatMap { document in
      var texts = ImageTexts(document.metadata)
      texts.fileName = name
      return ForeignRecord.read(texts) { picture.flatMap { StealthMetadata.read($0.stored) } }
    }
  }

  /// The generation of the image, with known values only.
  func draft(uid: UID, options: ImportOptions) -> GenerationDraft {
    let foreign: ForeignRecord? = if case .tool(let record) = origin { record } else { nil }
    let personal = options.readsPersonalMetadata ? personal : PersonalMetadata()
    let recorded = personal.created ?? foreign?.created
    let created = recorded?.timestamp(offset: options.utcOffset) ?? modified
    var draft = GenerationDraft(
      uid: uid, prompt: foreign?.prompt ?? "",
      parameters: Parameters(
        model: foreign?.model, width: image.isDecoded ? image.width : nil,
        height: image.isDecoded ? image.height : nil, seed: foreign?.seed,
        guidanceScale: foreign?.guidanceScale),
      createdAt: created, status: .complete,
      tags: Array(Set(personal.tags + options.tags)).sorted())
    draft.completedAt = created
    draft.rating = personal.rating
    draft.note = personal.note(beside: foreign)
    draft.images = [image]
    if let foreign {
      draft.provenance = Provenance(
        tool: foreign.tool, settings: JSONValue.object(foreign.settings).text,
        raw: Array(foreign.raw.utf8))
    }
    return draft
  }
}

extension ImportedFile.Failure {
  var kind: ImportProblem.Kind {
    switch self {
    case .unreadable(let errno): .unreadable(errno: errno)
    case .tooLarge(let bytes, let limit): .tooLarge(bytes: bytes, limit: limit)
    case .changed: .changed
    case .notAnImage(let format): .notAnImage(format)
    case .special(let kind): .special(kind)
    }
  }
}
