import Imaging
import Storage

/// One file of an import as it was found: whole, decoded to its end, its texts read.
struct ImportedImage: Sendable {
  let path: String
  let bytes: [UInt8]
  let image: CataloguedImage
  let modified: Timestamp
  let origin: Origin

  /// Whose hand the file's own words are in.
  enum Origin: Sendable {
    /// Our own record, as an export embeds it.
    case own(GenerationRecord)
    case tool(ForeignRecord)
    case none

    var name: String {
      switch self {
      case .own: "seedbank"
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
  static func inspect(_ path: String) -> Outcome {
    let content: ImportedFile
    do throws(ImportedFile.Failure) {
      content = try ImportedFile.read(path, limit: DecodeLimits.standard.bytes)
    } catch {
      return .problem(ImportProblem(path: path, kind: error.kind))
    }
    do throws(ImageError) {
      return .image(
        ImportedImage(path: path, content: content, picture: try Picture.decode(content.bytes)))
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

  private init(path: String, content: ImportedFile, picture: Picture) {
    self.path = path
    modified = Timestamp(milliseconds: content.modified)
    let document = try? MetadataDocument(content.bytes)
    if let document, let text = document.metadata.xmpPacket.record,
      let record = try? GenerationRecord(json: text)
    {
      origin = .own(record)
      bytes = Self.original(of: document, record, content.bytes)
    } else {
      origin =
        document
        .map { ImageTexts($0.metadata, picture: picture) }
        .flatMap(ForeignRecord.read).map(Origin.tool) ?? .none
      bytes = content.bytes
    }
    let upright = picture.upright
    image = CataloguedImage(
      position: 1, digest: Digest(of: bytes), format: picture.header.format.rawValue,
      width: upright.width, height: upright.height, bytes: Int64(bytes.count),
      perceptualHash: picture.perceptualHash.rawValue)
  }

  /// The bytes as they were before an export put its copies in, where they can be brought back; the
  /// record's digest is the proof.
  private static func original(
    of document: MetadataDocument, _ record: GenerationRecord, _ bytes: [UInt8]
  ) -> [UInt8] {
    let digests = Set(record.images.map(\.digest))
    guard !digests.contains(Digest(of: bytes)) else { return bytes }
    return document.undoings.lazy.map { $0.applied(to: bytes) }
      .first { digests.contains(Digest(of: $0)) } ?? bytes
  }

  /// Our own record as the file has it, with this file as its image; nil where it has none.
  func ownRecord(tags: [TagName]) -> GenerationRecord? {
    guard case .own(var record) = origin else { return nil }
    var found = ImageRecord(image, folder: LibraryFolder(path: ""))
    found.position = record.images.first?.position ?? 1
    found.path = nil
    record.images = [found]
    record.tags = Array(Set(record.tags + tags)).sorted()
    return record
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
