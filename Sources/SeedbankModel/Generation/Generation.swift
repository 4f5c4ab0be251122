/// One request, its inputs, and what became of it.
public struct Generation: Hashable, Sendable, Identifiable {
  public let id: GenerationID
  public let uid: UID
  public var status: Status
  public var prompt: String
  public var parameters: Parameters
  public var createdAt: Timestamp
  public var completedAt: Timestamp?
  /// In alphabetical order.
  public var tags: [String]
  /// 1…5.
  public var rating: Int?
  public var isFavorite: Bool
  public var note: String?
  public var parent: GenerationID?
  /// JSON object of the fields in which the request differs from the parent's.
  public var parentChange: String?
  /// How this reproduction came out against its parent.
  public var verdict: RecordedVerdict?
  /// The gateway's own id of the work.
  public var jobID: String?
  /// Base URL of the gateway that it was recorded for; nil where none was ever meant.
  public var gateway: String?
  public var failure: RecordedFailure?
  /// The gateway's usage object, verbatim JSON.
  public var usage: String?
  /// The service that it was requested from, and what that service said.
  public var provider: RecordedProvider
  /// The images that the request refers to, in the order of their positions.
  public var references: [ReferenceImage]
  /// What another tool recorded, for imported images.
  public var provenance: Provenance?
  public var trashedAt: Timestamp?
  /// In the order of their positions.
  public var images: [CataloguedImage]

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
  /// Whether it is complete but for some images of its group; `failure` says which.
  public var isPartial: Bool { status == .complete && failure != nil }
}

/// Why a generation failed, in the gateway's words where it gave any.
public struct RecordedFailure: Hashable, Sendable, Codable {
  public let code: String
  public let message: String

  public init(code: String, message: String) {
    self.code = code
    self.message = message
  }
}

/// The verdict on a reproduction, as it is kept with it.
public struct RecordedVerdict: Hashable, Sendable {
  /// `identical-file`, `identical-pixels`, …; of several images, the worst of theirs.
  public let kind: String
  /// JSON object: the numbers. Of several images, a JSON array of them, each with its kind.
  public let detail: String

  public init(kind: String, detail: String) {
    self.kind = kind
    self.detail = detail
  }
}

/// What another tool recorded of an image, kept as it was.
public struct Provenance: Hashable, Sendable {
  /// `a1111`, `comfyui`, …
  public let tool: String
  /// JSON object of what the tool recorded beyond our parameters.
  public let settings: String
  /// The tool's own text, verbatim.
  public let raw: [UInt8]?

  public init(tool: String, settings: String, raw: [UInt8]?) {
    self.tool = tool
    self.settings = settings
    self.raw = raw
  }
}

/// Something that happened to a generation.
public struct Event: Hashable, Sendable, Codable {
  public let at: Timestamp
  /// `queued`, `submitting`, `pending`, `retry`, `complete` …
  public let kind: String
  public let detail: String?

  public init(at: Timestamp, kind: String, detail: String?) {
    self.at = at
    self.kind = kind
    self.detail = detail
  }
}
