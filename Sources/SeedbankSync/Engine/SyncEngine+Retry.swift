import SeedbankModel
import SeedbankStorage

extension SyncEngine {
  /// Queues requests with an unknown outcome again.
  ///
  /// This happens only on request, because they may be paid for twice.
  ///
  /// - Returns: the number of requests that will be sent again, with the same seeds.
  /// - Throws: `LibraryError`.
  public func retryUnknown(_ scope: Scope) async throws -> Int {
    try await retry(scope, .sendAgain, among: [page(of: .unknown)]) { $0.status == .unknown }
  }

  /// Queues the downloads of lost generations and of missing images of groups again.
  ///
  /// Nothing is charged.
  ///
  /// - Returns: the number of generations whose images will be downloaded again.
  /// - Throws: `LibraryError`.
  public func retryLost(_ scope: Scope) async throws -> Int {
    try await retry(scope, .fetchAgain, among: [page(of: .lost), library.partial(after:limit:)]) {
      $0.status == .lost || $0.isPartial
    }
  }

  /// The ids after a cursor, up to a limit.
  private typealias Page = (GenerationID, Int) throws -> [GenerationID]

  private func page(of status: Status) -> Page {
    { try library.unfinished(in: status, after: $0, limit: $1) }
  }

  private func retry(
    _ scope: Scope, _ transition: Transition, among pages: [Page],
    where applies: (WorkItem) -> Bool
  ) async throws -> Int {
    var count = 0
    func retry(_ id: GenerationID) async throws {
      guard let claim = try claims.claim(id) else { return }
      defer { withExtendedLifetime(claim) {} }
      guard let item = try library.workItem(id), applies(item) else { return }
      do {
        try await catalog.write { try $0.advance(id, transition, at: world.now()) }
        count += 1
      } catch LibraryError.trashed {
        // It was deleted, perhaps after the page of ids was read.
      }
    }
    switch scope {
    case .only(let ids): for id in ids { try await retry(id) }
    case .all:
      for page in pages {
        var cursor = GenerationID(0)
        while true {
          let ids = try page(cursor, 500)
          for id in ids { try await retry(id) }
          guard let last = ids.last else { break }
          cursor = last
        }
      }
    }
    return count
  }
}
