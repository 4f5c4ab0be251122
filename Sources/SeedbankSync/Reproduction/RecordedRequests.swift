import SeedbankModel
import SeedbankProviders
import SeedbankStorage

/// The requests that were already made from one generation, by their exact bytes.
struct RecordedRequests {
  private var ids: [RequestBody: GenerationID] = [:]

  /// Failed and lost requests are left out, since they have to be sent again. Those that are under way or
  /// of unknown outcome are included, since they may have been paid for.
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
