import SeedbankModel
import SeedbankProviders
import SeedbankStorage

/// What was already made from a generation, by the very bytes of the request.
struct AlreadyMade {
  private var ids: [RequestBody: GenerationID] = [:]

  /// What failed, or was lost, has to be made again; what is under way or of unknown outcome may have
  /// been paid for.
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
