public import SeedbankModel

/// A generation that is not in the catalog yet; the catalog gives it its id.
public struct GenerationDraft: Sendable {
  /// The id that stays the same in every library.
  public var uid: UID
  /// The prompt text.
  public var prompt: String
  /// The parameters of the request.
  public var parameters: Parameters
  /// How far the generation has come.
  public var status: Status
  /// When the generation was made.
  public var createdAt: Timestamp
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
  /// What was changed against the parent, as JSON.
  public var parentChange: String?
  /// The verdict against the parent's image.
  public var verdict: RecordedVerdict?
  /// The base address of the gateway that the request was sent to.
  public var gateway: String?
  /// The gateway's id of the job.
  public var jobID: String?
  /// Why it failed.
  public var failure: RecordedFailure?
  /// What the gateway says it charged, as JSON.
  public var usage: String?
  /// When it was moved to the trash.
  public var trashedAt: Timestamp?
  /// The exact bytes to send; nil where none are meant to be sent.
  public var requestBody: [UInt8]?
  /// The recorded reply to the submit.
  public var replyBody: [UInt8]?
  /// The recorded reply to the last poll.
  public var pollBody: [UInt8]?
  /// The provider's name, endpoint and group size, and the estimated cost.
  public var provider: RecordedProvider
  /// The images that the request refers to.
  ///
  /// Their files must be in the image store already.
  public var references: [ReferenceImage] = []
  /// What the image's own metadata says.
  public var provenance: Provenance?
  /// Their files must be in the image store already.
  public var images: [CataloguedImage]

  /// A generation that waits to be sent.
  ///
  /// - Parameter provider: a request without a provider's name is recorded for `RecordedProvider.original`.
  public init(
    uid: UID, prompt: String, parameters: Parameters, createdAt: Timestamp,
    status: Status = .queued, requestBody: [UInt8]? = nil, gateway: String? = nil,
    provider: RecordedProvider = RecordedProvider(),
    tags: [TagName] = [], parent: GenerationID? = nil, parentChange: String? = nil
  ) {
    self.uid = uid
    self.prompt = prompt
    self.parameters = parameters
    self.status = status
    self.createdAt = createdAt
    self.tags = tags
    isFavorite = false
    self.parent = parent
    self.parentChange = parentChange
    self.gateway = gateway
    self.provider = provider
    self.requestBody = requestBody
    images = []
  }
}
