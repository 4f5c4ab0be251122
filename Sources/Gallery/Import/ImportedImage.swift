import Imaging
import Storage

/// One file of an import as it was found: whole, decoded to its end, its texts read.
struct ImportedImage: Sendable {
  let path: String
  let bytes: [UInt8]
  /// Whether these are the file's bytes, and not those from before an export put its copies in.
  let isAsFound: Bool
  let image: CataloguedImage
  let modified: Timestamp
  let origin: Origin

  /// Whose hand the file's own words are in.
  enum Origin: Sendable {
    /// Our own record, as an export puts it into the file or beside it.
    case own(GenerationRecord)
    /// What the manifest of an exported folder says of a file that tells nothing itself. Several
    /// generations may hold the same bytes.
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

  /// What became of looking at a file.
  enum Outcome: Sendable {
    case image(ImportedImage)
    case otherFile
    case problem(ImportProblem)
  }

  /// Reads, checks and hashes the file at `path`.
  ///
  /// - Parameter manifests: of the exported folders that it may belong to.
  static func inspect(_ path: String, manifests: [ExportedManifest] = []) -> Outcome {
    let content: ImportedFile
    do throws(ImportedFile.Failure) {
      content = try ImportedFile.read(path, limit: DecodeLimits.standard.bytes)
    } catch {
      return .problem(ImportProblem(path: path, kind: error.kind))
    }
    do throws(ImageError) {
      return .image(
        ImportedImage(
          path: path, content: content, picture: try Picture.decode(content.bytes),
          manifests: manifests))
    } catch .notAnImage where !isNamedAsImage(path) {
      return .otherFile
    } catch {
      return .problem(ImportProblem(path: path, kind: .damaged(error)))
    }
  }

  /// What is called an image and is none is worth a word; what is not called one is passed over.
  private static func isNamedAsImage(_ path: String) -> Bool {
    [".jpg", ".jpeg", ".png", ".webp"].contains { path.lowercased().hasSuffix($0) }
  }

  private init(
    path: String, content: ImportedFile, picture: Picture, manifests: [ExportedManifest]
  ) {
    self.path = path
    modified = Timestamp(milliseconds: content.modified)
    let document = try? MetadataDocument(content.bytes)
    let found = Digest(of: content.bytes)
    let digest: Digest
    if let document, let record = document.metadata.xmpPacket.ownRecord {
      origin = .own(record)
      (bytes, digest) = Self.original(of: document, record, (content.bytes, found))
    } else {
      (bytes, digest) = (content.bytes, found)
      let listed = manifests.flatMap { $0.records(of: found) }
      if let record = ImportedFile.sidecar(of: path) {
        origin = .own(record)
      } else if !listed.isEmpty {
        origin = .listed(listed)
      } else {
        origin =
          document
          .map { ImageTexts($0.metadata, picture: picture) }
          .flatMap(ForeignRecord.read).map(Origin.tool) ?? .none
      }
    }
    isAsFound = digest == found
    let upright = picture.upright
    image = CataloguedImage(
      position: 1, digest: digest, format: picture.header.format.rawValue,
      width: upright.width, height: upright.height, bytes: Int64(bytes.count),
      perceptualHash: picture.perceptualHash.rawValue)
  }

  /// The generation that it makes: what is known of it and nothing else.
  func draft(uid: UID, tags: [TagName]) -> GenerationDraft {
    let foreign: ForeignRecord? = if case .tool(let record) = origin { record } else { nil }
    var draft = GenerationDraft(
      uid: uid, prompt: foreign?.prompt ?? "",
      parameters: Parameters(
        model: foreign?.model, width: image.width, height: image.height, seed: foreign?.seed,
        guidanceScale: foreign?.guidanceScale),
      createdAt: modified, status: .complete, tags: tags)
    draft.completedAt = modified
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
    case .tooLarge(let bytes): .tooLarge(bytes: bytes)
    case .changed: .changed
    }
  }
}
