import FilePaths
import Foundation

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

/// A library in a folder of its own, which goes with it.
final class SearchFixture {
  let library: Library
  private var random = Seeded(7)

  init() throws {
    let path = FileManager.default.temporaryDirectory.path + "/seedbank-\(UUID().uuidString)"
    library = try Library.open(LibraryFolder(path: path), for: .creating)
  }

  deinit { try? FileManager.default.removeItem(atPath: library.folder.path.text) }

  /// 2026-11-23T12:00:00Z: what the tests call now.
  static let now = Timestamp(milliseconds: 1_795_435_200_000)
  static let utc = LocalTime.utc(now: now)

  /// Records a complete generation; `change` may make another of it.
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

  /// The ids that a query finds, newest first.
  func find(_ text: String, at local: LocalTime = utc) throws -> [Int64] {
    let query = try Query.parse(text).query
    return try library.ids(SearchRequest(query, limit: 0, at: local)).map(\.rawValue)
  }

  /// Everything outside the trash as the reading in memory sees it.
  func records() throws -> [SearchableRecord] {
    let ids = try library.read { database in
      try IndexSource.ids(in: database)
    }
    let all = try library.generations(ids.map { GenerationID($0) })
    let parents = Set(all.compactMap(\.parent))
    var collections: [GenerationID: Set<String>] = [:]
    for collection in try library.collections() {
      for id in try library.members(ofCollection: collection.name) {
        collections[id, default: []].insert(collection.name)
      }
    }
    return all.map { generation in
      SearchableRecord(
        generation, collections: collections[generation.id] ?? [],
        isReproduced: parents.contains(generation.id))
    }
  }
}
