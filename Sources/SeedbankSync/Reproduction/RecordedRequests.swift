import SeedbankModel
import SeedbankProviders
import SeedbankStorage

/// The existing reproductions of one generation, by the exact bytes of their requests.
struct RecordedRequests {
  private var ids: [RequestBody: GenerationID] = [:]

  /// Failed and lost requests are left out, because they must be sent again.
  ///
  /// Running ones and those with an unknown outcome are included, because they may have been paid
  /// for.
  ///
  /// - Throws: `LibraryError`.
  init(of original: Generation, in library: Library) throws {
    for id in try [original.id] + library.children(of: original.id) {
      guard let generation = try library.generation(id), generation.trashedAt == nil,
        ![.failed, .lost].contains(generation.status),
        let body = try library.requestBody(of: id).map(RequestBody.init(recorded:))
      else { continue }
      if let earlier = ids[body], try library.generation(earlier)?.status == .complete { continue }
      ids[body] = id
    }
  }

  func id(of body: RequestBody) -> GenerationID? { ids[body] }
}
