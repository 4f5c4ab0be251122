import SeedbankModel
import SeedbankProviders
import SeedbankStorage

/// The requests to one provider that repeat a generation, by what was sent.
struct RecordedRequests {
  private var ids: [EncodedRequest: GenerationID] = [:]

  /// Failed and lost requests are left out, because they must be sent again.
  ///
  /// Running ones and those with an unknown outcome are included, because they may have been paid
  /// for.
  ///
  /// - Parameter provider: the name of the provider.
  /// - Throws: `LibraryError`.
  init(of original: Generation, at provider: String, in library: Library) throws {
    for id in try [original.id] + library.children(of: original.id) {
      guard let generation = try library.generation(id), generation.trashedAt == nil,
        generation.providerName == provider,
        ![.failed, .lost].contains(generation.status),
        let body = try library.requestBody(of: id).map(RequestBody.init(recorded:))
      else { continue }
      let request = EncodedRequest(endpoint: generation.provider.endpoint, body: body)
      if let earlier = ids[request], try library.generation(earlier)?.status == .complete {
        continue
      }
      ids[request] = id
    }
  }

  func id(of request: EncodedRequest) -> GenerationID? { ids[request] }
}
