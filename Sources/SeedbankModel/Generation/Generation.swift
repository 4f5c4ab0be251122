/// One request, its inputs, and what became of it.
public struct Generation: Hashable, Sendable, Identifiable {
  /// The id in this library.
  public let id: GenerationID
  /// The id that stays the same in every library.
  public let uid: UID
  /// How far the generation has come.
  public var status: Status
  /// The prompt text.
  public var prompt: String
  /// The parameters of the request.
  public var parameters: Parameters
  /// When the generation was made.
  public var createdAt: Timestamp
  /// When the last image was stored.
  public var completedAt: Timestamp?
  /// In alphabetical order.
  public var tags: [String]
  /// 1…5.
  public var rating: Int?
  /// Whether it is a favorite.
  public var isFavorite: Bool
  /// The note that a person added.
  public var note: String?
  /// The generation that this one reproduces or varies.
  public var parent: GenerationID?
  /// JSON object of the fields in which the request differs from the parent's.
  public var parentChange: String?
  /// How this reproduction came out against its parent.
  public var verdict: RecordedVerdict?
  /// The gateway's own id of the work.
  public var jobID: String?
  /// Base URL of the gateway that it was recorded for; nil where none was ever meant.
  public var gateway: String?
  /// Why it failed.
  public var failure: RecordedFailure?
  /// The gateway's usage object, verbatim JSON.
  public var usage: String?
  /// The service that it was requested from, and what that service said.
  public var provider: RecordedProvider
  /// The images that the request refers to, in the order of their positions.
  public var references: [ReferenceImage]
  /// What another tool recorded, for imported images.
  public var provenance: Provenance?
  /// When it was moved to the trash.
  public var trashedAt: Timestamp?
  /// In the order of their positions.
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

/// Why a generation failed, in the gateway's words where it gave any.
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

/// The verdict on a reproduction, as it is kept with it.
public struct RecordedVerdict: Hashable, Sendable {
  /// `identical-file`, `identical-pixels`, …; of several images, the worst of theirs.
  public let kind: String
  /// JSON object: the numbers.
  ///
  /// Of several images, a JSON array of them, each with its kind.
  public let detail: String

  /// Makes a verdict from its kind and its numbers as JSON.
  public init(kind: String, detail: String) {
    self.kind = kind
    self.detail = detail
  }
}

/// What another tool recorded of an image, kept as it was.
public struct Provenance: Hashable, Sendable {
  /// `a1111`, `comfyui` and so on.
  public let tool: String
  /// JSON object of what the tool recorded beyond our parameters.
  public let settings: String
  /// The tool's own text, verbatim.
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
  /// More about it, for people.
  public let detail: String?

  /// Makes an event of the timeline.
  public init(at: Timestamp, kind: String, detail: String?) {
    self.at = at
    self.kind = kind
    self.detail = detail
  }
}
