public import SeedbankModel

/// A generation in the form for scripts, manifests and dumps: a JSON object on one line.
///
/// Its members and their order are documented in docs/format.md. Members may be added, but never
/// renamed. A member that a line leaves out is nil here, so a line with only a prompt is a record
/// too.
public struct GenerationRecord: Hashable, Sendable {
  /// The id in the library that wrote the record; another library may give it another id.
  public var id: GenerationID?
  /// The id that stays the same in every library; nil if the line has none.
  public var uid: UID?
  /// The state of the generation; nil if the line does not have it.
  public var status: Status?
  /// The prompt text.
  public var prompt: String
  /// The parameters of the request.
  public var parameters: Parameters
  /// When the generation was recorded; nil if the line does not have it.
  public var createdAt: Timestamp?
  /// When the last image was stored.
  public var completedAt: Timestamp?
  /// The tags.
  public var tags: [TagName]
  /// From 1 to 5.
  public var rating: Int?
  /// Whether it is a favorite.
  public var isFavorite: Bool
  /// The note that a person added.
  public var note: String?
  /// The generation that this one reproduces or varies.
  public var parent: GenerationID?
  /// The uid of the parent, which identifies it in another library.
  public var parentUID: UID?
  /// A JSON object of the fields that differ from the parent's request.
  public var parentChange: String?
  /// The result of the comparison with the parent.
  public var verdict: RecordedVerdict?
  /// The id of the job, written as `job_set_id`.
  public var jobID: String?
  /// Why it failed.
  public var failure: RecordedFailure?
  /// The gateway's usage object as JSON, unchanged.
  public var usage: String?
  /// The images, by position.
  public var images: [ImageRecord]
  /// The base address of the gateway that the request was sent to.
  public var gateway: String?
  /// The service that it was requested from, and the data that the service stated.
  public var provider: RecordedProvider
  /// The images that the request refers to.
  public var references: [ReferenceImage]
  /// The metadata of another tool.
  public var provenance: Provenance?
  /// When it was moved to the trash.
  public var trashedAt: Timestamp?
  /// The values that only a dump contains; nil in lists and manifests.
  package var archive: RecordArchive?

  /// Makes a record of `prompt` without other data.
  public init(prompt: String) {
    self.prompt = prompt
    parameters = Parameters()
    tags = []
    isFavorite = false
    provider = RecordedProvider()
    references = []
    images = []
  }

  /// Makes the record of `generation`.
  ///
  /// - Parameters:
  ///   - folder: makes the paths of its images absolute.
  ///   - parentUID: the uid of its parent, if the caller knows it.
  public init(_ generation: Generation, folder: LibraryFolder, parentUID: UID? = nil) {
    self.init(prompt: generation.prompt)
    id = generation.id
    uid = generation.uid
    status = generation.status
    GenerationContent(generation).apply(to: &self)
    createdAt = generation.createdAt
    tags = generation.tags.compactMap { TagName($0) }
    parent = generation.parent
    self.parentUID = parentUID
    images = generation.images.map { ImageRecord($0, folder: folder) }
    references = generation.references
    provenance = generation.provenance
  }
}

extension GenerationRecord {
  /// The record for readers on other computers, without the paths of its images.
  public var withoutPaths: GenerationRecord {
    var record = self
    for index in record.images.indices {
      record.images[index].path = nil
      record.images[index].pathBytes = nil
    }
    return record
  }
}

/// An image within a record.
public struct ImageRecord: Hashable, Sendable {
  /// 1 for the first.
  public var position: Int
  /// The SHA-256 digest of the file.
  public var digest: Digest
  /// The absolute path on the computer that wrote the record; another computer may not have it.
  public var path: String?
  /// The bytes of the path if it is not UTF-8; `path` is then only for display.
  public var pathBytes: [UInt8]?
  /// Pixels.
  public var width: Int
  /// Height in pixels.
  public var height: Int
  /// The file's size.
  public var bytes: Int64
  /// The name of an ``ImageKind``.
  public var format: String
  /// Whether the file is neither in the library nor on a remote.
  public var isMissing: Bool
  /// Whether the file is on a remote only.
  ///
  /// It is not read from a record, because it applies to one library only.
  public var isRemote = false
  /// Derived from the pixels; written only into dumps.
  public var perceptualHash: UInt64?

  /// Makes the record of an image, with the path in a library's folder.
  public init(_ image: CataloguedImage, folder: LibraryFolder) {
    position = image.position
    digest = image.digest
    path = folder.absolutePath(of: image).text
    pathBytes = folder.absolutePath(of: image).bytesUnlessText
    width = image.width
    height = image.height
    bytes = image.bytes
    format = image.format
    isMissing = image.place == .missing
    isRemote = image.place == .remote
    perceptualHash = image.perceptualHash
  }

  /// Makes a record from its parts.
  public init(
    position: Int, digest: Digest, path: String?, width: Int, height: Int, bytes: Int64,
    format: String, isMissing: Bool = false, perceptualHash: UInt64? = nil
  ) {
    self.position = position
    self.digest = digest
    self.path = path
    self.width = width
    self.height = height
    self.bytes = bytes
    self.format = format
    self.isMissing = isMissing
    self.perceptualHash = perceptualHash
  }
}
