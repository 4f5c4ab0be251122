public import SeedbankModel
public import SeedbankStorage

extension RemoteConnection {
  /// How many generations a push would send.
  ///
  /// Nothing is sent for it.
  ///
  /// - Throws: `LibraryError`.
  public func pushPlan(only ids: [GenerationID]? = nil) async throws -> Int {
    try await BlockingWork.run { [library, name] in
      try library.unpushedGenerations(for: name, of: ids)
    }
  }

  /// How many segments a pull would read.
  ///
  /// - Throws: `RemoteError`, `LibraryError`.
  public func pullPlan() async throws -> Int {
    guard try await store.object(RemoteLayout.format) != nil else {
      let wasUsed = try await BlockingWork.run { [library, name] in
        try library.remotes().contains { $0.name == name && $0.id != nil }
      }
      // A folder that is not mounted looks like an empty one.
      throw wasUsed ? RemoteError.vanished : RemoteError.empty
    }
    let (known, own) = try await BlockingWork.run { [library, name] in
      (try library.progress(with: name), try library.libraryID())
    }
    var count = 0
    for head in try await store.objects(in: RemoteLayout.heads) {
      guard let writer = RemoteLayout.library(ofHead: head.key), writer != own,
        known[writer]?.head != head.version
      else { continue }
      count += try await store.objects(
        in: RemoteLayout.segments(of: writer),
        after: RemoteLayout.lastSegment(known[writer]?.counter ?? 0, of: writer)
      ).count
    }
    return count
  }

  /// What a fetch of these generations would download.
  ///
  /// - Throws: `LibraryError`.
  public func fetchPlan(_ ids: [GenerationID]) async throws -> ImagePlan {
    try await BlockingWork.run { [library, name] in try library.fetchPlan(from: name, of: ids) }
  }

  /// What a drop of these generations would remove, if the remote's copies are whole.
  ///
  /// - Throws: `LibraryError`.
  public func dropPlan(_ ids: [GenerationID]) async throws -> ImagePlan {
    try await BlockingWork.run { [library, name] in try library.dropPlan(on: name, of: ids) }
  }
}
