public import SeedbankModel

/// A generation as scripts, manifests and dumps see it: one JSON object on one line.
///
/// Its members and their order are a contract (docs/format.md); more may be added, none renamed. What a
/// line leaves out is nil here, so a line with just a prompt is a record too.
public struct GenerationRecord: Hashable, Sendable {
  /// In the library that wrote it; another library may give it another number.
  public var id: GenerationID?
  /// The id that stays the same in every library; nil if the line has none.
  public var uid: UID?
  /// How far the generation has come; nil if the line does not say.
  public var status: Status?
  /// The prompt text.
  public var prompt: String
  /// The parameters of the request.
  public var parameters: Parameters
  /// When the generation was made; nil if the line does not say.
  public var createdAt: Timestamp?
  /// When the last image was stored.
  public var completedAt: Timestamp?
  /// The tags.
  public var tags: [TagName]
  /// 1…5.
  public var rating: Int?
  /// Whether it is a favorite.
  public var isFavorite: Bool
  /// The note that a person added.
  public var note: String?
  /// The generation that this one reproduces or varies.
  public var parent: GenerationID?
  /// What finds the parent in another library.
  public var parentUID: UID?
  /// JSON object of the fields in which the request differs from the parent's.
  public var parentChange: String?
  /// The verdict against the parent's image.
  public var verdict: RecordedVerdict?
  /// Written as `job_set_id`.
  public var jobID: String?
  /// Why it failed.
  public var failure: RecordedFailure?
  /// The gateway's usage object, verbatim JSON.
  public var usage: String?
  /// The images, by position.
  public var images: [ImageRecord]
  /// The base address of the gateway that the request was sent to.
  public var gateway: String?
  /// The service that it was requested from, and what that service said.
  public var provider: RecordedProvider
  /// The images that the request refers to.
  public var references: [ReferenceImage]
  /// What the image's own metadata says.
  public var provenance: Provenance?
  /// When it was moved to the trash.
  public var trashedAt: Timestamp?
  /// What a dump adds; nil in lists and manifests.
  package var archive: RecordArchive?

  /// A record of `prompt` about which nothing else is known.
  public init(prompt: String) {
    self.prompt = prompt
    parameters = Parameters()
    tags = []
    isFavorite = false
    provider = RecordedProvider()
    references = []
    images = []
  }

  /// The record of `generation`.
  ///
  /// - Parameters:
  ///   - folder: makes the paths of its images absolute.
  ///   - parentUID: the uid of its parent, where the caller has it at hand.
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
  /// The record for readers on other machines: its images have no paths.
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
  /// Absolute where it was written; another machine may not have it.
  public var path: String?
  /// The bytes of the path if it is not UTF-8, and `path` only shows it.
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
  /// Not read from a record: it is true of one library.
  public var isRemote = false
  /// Derived from the pixels; only dumps write it.
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
