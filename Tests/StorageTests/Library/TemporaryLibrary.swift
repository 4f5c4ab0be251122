import FilePaths
import Foundation
import TestRandomness

@testable import SeedbankModel
@testable import SeedbankStorage

/// A library in a separate folder, which is removed with this value.
final class TemporaryLibrary: Sendable {
  let library: Library
  var folder: LibraryFolder { library.folder }

  init() throws { library = try Library.open(TemporaryFolder.new(), for: .creating) }

  deinit { try? FileManager.default.removeItem(atPath: library.folder.path.text) }

  /// Opens the same library with another connection, as after a restart.
  func reopened(for access: Library.Access = .writing) throws -> Library {
    try Library.open(folder, for: access)
  }
}

enum TemporaryFolder {
  /// Returns a folder that does not exist yet.
  static func new() -> LibraryFolder {
    let name = "seedbank-test-\(UUID().uuidString)"
    return LibraryFolder(path: FileManager.default.temporaryDirectory.appending(path: name).path)
  }
}

extension Library {
  /// Records complete generations with `prompts`, each with an image file of different bytes.
  @discardableResult
  func plant(_ prompts: [String], seed: UInt64 = 1, tags: [String] = []) throws -> [GenerationID] {
    var random = SeededGenerator(seed: seed)
    let drafts = try prompts.enumerated().map { index, prompt in
      let time = Timestamp(milliseconds: 1_700_000_000_000 + Int64(index) * 1000)
      var draft = GenerationDraft(
        uid: UID(at: time, using: &random), prompt: prompt,
        parameters: Parameters(
          model: "seedream-3-0-t2i-250415", size: "512x512", width: 512, height: 512,
          seed: ImageSeed(index)),
        createdAt: time, status: .complete, requestBody: Array(#"{"prompt":"…"}"#.utf8),
        tags: tags.compactMap { TagName($0) })
      draft.completedAt = time
      draft.images = [try plantImage("\(prompt) \(index) \(seed)")]
      return draft
    }
    return try record(drafts)
  }

  /// Puts a file with the bytes of `content` into the store; the storage module never decodes
  /// images.
  func plantImage(_ content: String, position: Int = 1) throws -> CataloguedImage {
    let bytes = Array(content.utf8)
    let file = try images.receive("\(Digest(of: bytes).hex)-\(position)")
    try bytes.withUnsafeBytes { try file.append($0) }
    let digest = try images.keep(file, format: "png")
    return CataloguedImage(
      position: position, digest: digest, format: "png", width: 512, height: 512,
      bytes: Int64(bytes.count), perceptualHash: 7)
  }

  /// Returns all data of the library that users can see, for comparisons.
  func everything() throws -> [String] {
    let ids = try read { database in
      try Int64.fetchAll(database, sql: "SELECT id FROM generation ORDER BY uid")
    }
    let records = try generations(ids.map { GenerationID($0) }).map { generation in
      var record = GenerationRecord(generation, folder: LibraryFolder(path: "/"))
      record.id = nil
      record.parent = nil
      return record.json
    }
    let filed = try read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT 'tag ' || name FROM tag
          UNION ALL SELECT 'collection ' || name || ' ' || created_at FROM collection
          UNION ALL SELECT 'search ' || name || ' ' || query || created_at FROM saved_search
          UNION ALL SELECT 'item ' || c.name || ' ' || hex(g.uid) || ' ' || position
            FROM collection_item AS i JOIN collection AS c ON c.id = i.collection_id
            JOIN generation AS g ON g.id = i.generation_id
          ORDER BY 1
          """)
    }
    return records + filed
  }
}
