/// One request, its inputs, and its result.
public struct Generation: Hashable, Sendable, Identifiable {
  /// The id in this library.
  public let id: GenerationID
  /// The id that stays the same in every library.
  public let uid: UID
  /// The state of the generation.
  public var status: Status
  /// The prompt text.
  public var prompt: String
  /// The parameters of the request.
  public var parameters: Parameters
  /// When the generation was recorded; for an import, when the image was created.
  public var createdAt: Timestamp
  /// When the last image was stored.
  public var completedAt: Timestamp?
  /// The names of the tags, in alphabetical order.
  public var tags: [String]
  /// From 1 to 5.
  public var rating: Int?
  /// Whether it is a favorite.
  public var isFavorite: Bool
  /// The note that a person added.
  public var note: String?
  /// The generation that this one reproduces or varies.
  public var parent: GenerationID?
  /// A JSON object of the fields that differ from the parent's request.
  public var parentChange: String?
  /// The result of the comparison with the parent.
  public var verdict: RecordedVerdict?
  /// The gateway's id of the job.
  public var jobID: String?
  /// The base URL of the gateway that it was recorded for; nil for an imported image.
  public var gateway: String?
  /// Why it failed.
  public var failure: RecordedFailure?
  /// The gateway's usage object as JSON, unchanged.
  public var usage: String?
  /// The service that it was requested from, and the data that the service stated.
  public var provider: RecordedProvider
  /// The images that the request refers to, in the order of their positions.
  public var references: [ReferenceImage]
  /// What another tool recorded, for imported images.
  public var provenance: Provenance?
  /// When it was moved to the trash.
  public var trashedAt: Timestamp?
  /// The images in the order of their positions.
  public var images: [CataloguedImage]

  /// Makes a generation from its columns.
  public init(
    id: GenerationID, uid: UID, status: Status, prompt: String, parameters: Parameters,
    createdAt: Timestamp, completedAt: Timestamp? = nil, tags: [String] = [], rating: Int? = nil,
    isFavorite: Bool = false, note: String? = nil, parent: GenerationID? = nil,
    parentChange: String? = nil, verdict: RecordedVerdict? = nil, jobID: String? = nil,
    gateway: String? = nil, failure: RecordedFailure? = nil, usage: String? = nil,
    provider: RecordedProvider = RecordedProvider(), references: [ReferenceImage] = [],
    provenance: Provenance? = nil, trashedAt: Timestamp? = nil, images: [CataloguedImage] = []
  ) {
    self.id = id
    self.uid = uid
    self.status = status
    self.prompt = prompt
    self.parameters = parameters
    self.createdAt = createdAt
    self.completedAt = completedAt
    self.tags = tags
    self.rating = rating
    self.isFavorite = isFavorite
    self.note = note
    self.parent = parent
    self.parentChange = parentChange
    self.verdict = verdict
    self.jobID = jobID
    self.gateway = gateway
    self.failure = failure
    self.usage = usage
    self.provider = provider
    self.references = references
    self.provenance = provenance
    self.trashedAt = trashedAt
    self.images = images
  }
}

extension Generation {
  /// Whether it is complete, but images of its group are missing; `failure` names them.
  public var isPartial: Bool { status == .complete && failure != nil }
}

/// Why a generation failed, in the gateway's words if it gave any.
public struct RecordedFailure: Hashable, Sendable, Codable {
  /// The code, for programs.
  public let code: String
  /// The sentence, for people.
  public let message: String

  /// Makes a failure.
  public init(code: String, message: String) {
    self.code = code
    self.message = message
  }
}

/// The recorded verdict on a reproduction.
public struct RecordedVerdict: Hashable, Sendable {
  /// `identical-file`, `identical-pixels` and so on; if there are several images, the one with the
  /// largest difference.
  public let kind: String
  /// A JSON object with the numbers of the comparison.
  ///
  /// If there are several images, a JSON array of these objects, each with its kind.
  public let detail: String

  /// Makes a verdict from its kind and its numbers as JSON.
  public init(kind: String, detail: String) {
    self.kind = kind
    self.detail = detail
  }
}

/// What another tool recorded about an image, unchanged.
public struct Provenance: Hashable, Sendable {
  /// `a1111`, `comfyui` and so on.
  public let tool: String
  /// A JSON object of the recorded values that are not among Seedbank's parameters.
  public let settings: String
  /// The text of the tool, unchanged.
  public let raw: [UInt8]?

  /// Makes provenance.
  public init(tool: String, settings: String, raw: [UInt8]?) {
    self.tool = tool
    self.settings = settings
    self.raw = raw
  }
}

/// Something that happened to a generation.
public struct Event: Hashable, Sendable, Codable {
  /// When it happened.
  public let at: Timestamp
  /// `queued`, `submitting`, `pending`, `retry`, `complete` and others.
  public let kind: String
  /// A sentence with details.
  public let detail: String?

  /// Makes an event of the timeline.
  public init(at: Timestamp, kind: String, detail: String?) {
    self.at = at
    self.kind = kind
    self.detail = detail
  }
}
