package import SeedbankModel

/// A generation that is not in the catalog yet; the catalog gives it its id.
package struct GenerationDraft: Sendable {
  /// The id that stays the same in every library.
  package var uid: UID
  /// The prompt text.
  package var prompt: String
  /// The parameters of the request.
  package var parameters: Parameters
  /// How far the generation has come.
  package var status: Status
  /// When the generation was made.
  package var createdAt: Timestamp
  /// When the last image was stored.
  package var completedAt: Timestamp?
  /// The tags.
  package var tags: [TagName]
  /// 1…5.
  package var rating: Int?
  /// Whether it is a favorite.
  package var isFavorite: Bool
  /// The note that a person added.
  package var note: String?
  /// The generation that this one reproduces or varies.
  package var parent: GenerationID?
  /// The fields that differ from the parent's request, as JSON.
  package var parentChange: String?
  /// The verdict against the parent's image.
  package var verdict: RecordedVerdict?
  /// The base address of the gateway that the request was sent to.
  package var gateway: String?
  /// The gateway's id of the job.
  package var jobID: String?
  /// Why it failed.
  package var failure: RecordedFailure?
  /// The usage object of the gateway, as JSON.
  package var usage: String?
  /// When it was moved to the trash.
  package var trashedAt: Timestamp?
  /// The exact bytes to send; nil if nothing is to be sent.
  package var requestBody: [UInt8]?
  /// The recorded reply to the submit.
  package var replyBody: [UInt8]?
  /// The recorded reply to the last poll.
  package var pollBody: [UInt8]?
  /// The provider's name, endpoint and group size, and the estimated cost.
  package var provider: RecordedProvider
  /// The images that the request refers to.
  ///
  /// Their files must be in the image store already.
  package var references: [ReferenceImage] = []
  /// The metadata of another tool.
  package var provenance: Provenance?
  /// The images that it has.
  ///
  /// Their files must be in the image store already.
  package var images: [CataloguedImage]

  /// A generation that waits to be sent.
  ///
  /// - Parameter provider: a request without a provider's name is recorded for `RecordedProvider.original`.
  package init(
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
