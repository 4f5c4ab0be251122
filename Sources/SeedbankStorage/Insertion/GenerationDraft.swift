public import SeedbankModel

/// A generation that is not in the catalog yet; the catalog gives it its id.
public struct GenerationDraft: Sendable {
  public var uid: UID
  public var prompt: String
  public var parameters: Parameters
  public var status: Status
  public var createdAt: Timestamp
  public var completedAt: Timestamp?
  public var tags: [TagName]
  /// 1…5.
  public var rating: Int?
  public var isFavorite: Bool
  public var note: String?
  public var parent: GenerationID?
  public var parentChange: String?
  public var verdict: RecordedVerdict?
  public var gateway: String?
  public var jobID: String?
  public var failure: RecordedFailure?
  public var usage: String?
  public var trashedAt: Timestamp?
  /// The exact bytes to send; nil where none are meant to be sent.
  public var requestBody: [UInt8]?
  public var replyBody: [UInt8]?
  public var pollBody: [UInt8]?
  /// The provider's name, endpoint and group size, and the estimated cost.
  public var provider: RecordedProvider
  /// The images that the request refers to. Their files must be in the image store already.
  public var references: [ReferenceImage] = []
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
