import FilePaths
import Foundation
import TestRandomness

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

/// A library in a separate folder, which is removed with this value.
final class SearchFixture {
  let library: Library
  private var random = SeededGenerator(seed: 7)

  init() throws {
    let path = FileManager.default.temporaryDirectory.path + "/seedbank-\(UUID().uuidString)"
    library = try Library.open(LibraryFolder(path: path), for: .creating)
  }

  deinit { try? FileManager.default.removeItem(atPath: library.folder.path.text) }

  /// The present time in the tests: 2026-11-23T12:00:00Z.
  static let now = Timestamp(milliseconds: 1_795_435_200_000)
  static let utc = LocalTime.utc(now: now)

  /// Records a complete generation; `change` can edit it before.
  @discardableResult
  func add(
    _ prompt: String, at time: Timestamp = now, tags: [String] = [],
    _ change: (inout GenerationDraft) -> Void = { _ in }
  ) throws -> GenerationID {
    var draft = GenerationDraft(
      uid: UID(at: time, using: &random), prompt: prompt, parameters: Parameters(),
      createdAt: time, status: .complete, tags: tags.compactMap { TagName($0) })
    change(&draft)
    return try library.record([draft])[0]
  }

  /// Returns the ids of the generations that match a query, newest first.
  func find(_ text: String, at local: LocalTime = utc) throws -> [Int64] {
    let query = try Query.parse(text).query
    return try library.ids(SearchRequest(query, limit: 0, at: local)).map(\.rawValue)
  }

  /// Returns everything outside the trash in the form for evaluation in memory.
  func records() throws -> [SearchableRecord] {
    let ids = try library.read { database in
      try IndexSource.ids(in: database)
    }
    let all = try library.generations(ids.map { GenerationID($0) })
    let parents = Set(all.compactMap(\.parent))
    var collections: [GenerationID: [String]] = [:]
    for collection in try library.collections() {
      for id in try library.members(ofCollection: collection.name) {
        collections[id, default: []].append(collection.name)
      }
    }
    return all.map { generation in
      SearchableRecord(
        generation, collections: collections[generation.id] ?? [],
        isReproduced: parents.contains(generation.id))
    }
  }
}
