package import FilePaths
internal import GRDB
package import SeedbankModel

extension WorkItem {
  /// The provider of requests that were recorded before providers had names.
  package static let standardProvider = "pixazo"

  /// The name of the provider that the generation was recorded for.
  package var providerName: String { provider.name ?? Self.standardProvider }
}

extension Generation {
  /// The name of the provider that the generation was recorded for; nil for imported images.
  package var providerName: String? {
    provider.name ?? (gateway == nil ? nil : WorkItem.standardProvider)
  }
}

extension LibraryFolder {
  /// The file of a reference image.
  package func absolutePath(of reference: ReferenceImage) -> FilePath {
    path + "/" + Self.relativePath(of: reference.digest, format: reference.format)
  }
}

extension Library {
  /// Returns the library's own generations of a provider that a sync continues, those with offered images first.
  ///
  /// - Parameters:
  ///   - withUnknown: whether to include those whose outcome is unknown.
  ///   - withLostImages: whether to include lost ones, and complete ones that lack images of their group.
  /// - Throws: `LibraryError`.
  package func work(
    of provider: String, withUnknown: Bool, withLostImages: Bool
  ) throws -> [GenerationID] {
    var statuses: [Status] = [.ready, .pending, .submitting, .queued]
    if withUnknown { statuses.append(.unknown) }
    if withLostImages { statuses.append(.lost) }
    var ids = try work(of: provider, in: statuses)
    var cursor = GenerationID(0)
    while withLostImages, case let page = try partial(after: cursor, limit: 500),
      let last = page.last
    {
      ids += try generations(page).filter { $0.providerName == provider }.map(\.id)
      cursor = last
    }
    return ids
  }

  /// Returns the library's own generations of a provider in any of the statuses, those with offered
  /// images first; the trash is left out.
  ///
  /// - Parameter statuses: Any but `complete` and `held`.
  /// - Throws: `LibraryError`.
  package func work(of provider: String, in statuses: [Status]) throws -> [GenerationID] {
    let names = statuses.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    return try read { database in
      try Int64.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT id FROM generation
            WHERE status <> 'complete' AND trashed_at IS NULL AND \(Ownership.isOwn())
              AND status IN (\(names))
              AND coalesce(provider, :standard) = :provider
            ORDER BY CASE status WHEN 'ready' THEN 0 WHEN 'pending' THEN 1 WHEN 'submitting' THEN 2
              ELSE 3 END, id
            """),
        arguments: ["standard": WorkItem.standardProvider, "provider": provider]
      ).map { GenerationID($0) }
    }
  }

  /// Returns the names of the providers that have unfinished generations.
  ///
  /// - Throws: `LibraryError`.
  package func unfinishedProviders() throws -> Set<String> {
    try read { database in
      let names = try String.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT DISTINCT coalesce(provider, :standard) FROM generation
            WHERE status IN ('queued', 'submitting', 'pending', 'ready') AND trashed_at IS NULL
            """), arguments: ["standard": WorkItem.standardProvider])
      return Set(names)
    }
  }
}
