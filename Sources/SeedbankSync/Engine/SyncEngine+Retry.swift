import SeedbankModel
import SeedbankStorage

extension SyncEngine {
  /// Queues requests with an unknown outcome again.
  ///
  /// This happens only on request, because they may be paid for twice.
  ///
  /// - Returns: the number of requests that will be sent again, with the same seeds.
  /// - Throws: `LibraryError`; `.held` if one that the scope names belongs to another library.
  public func retryUnknown(_ scope: Scope) async throws -> Int {
    try await retry(scope, .unknownOutcome)
  }

  /// Queues the downloads of lost generations and of missing images of groups again.
  ///
  /// Nothing is charged.
  ///
  /// - Returns: the number of generations whose images will be downloaded again.
  /// - Throws: `LibraryError`; `.held` if one that the scope names belongs to another library.
  public func retryLost(_ scope: Scope) async throws -> Int {
    try await retry(scope, .missingImages)
  }

  private func retry(_ scope: Scope, _ kind: RetryKind) async throws -> Int {
    let named: [GenerationID]? = if case .only(let ids) = scope { ids } else { nil }
    let work = try library.retryable(kind, among: named)
    if named != nil, let other = work.others.first { throw LibraryError.held(other) }
    var count = 0
    for id in work.own {
      guard let claim = try claims.claim(id) else { continue }
      defer { withExtendedLifetime(claim) {} }
      // Another process may have changed it after the list was read.
      guard let item = try library.workItem(id), kind.applies(to: item) else { continue }
      do {
        try await catalog.write { try $0.advance(id, kind.transition, at: world.now()) }
        count += 1
      } catch LibraryError.trashed {
        // It was deleted after the list was read.
      }
    }
    return count
  }
}
