import FilePaths
import Foundation
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("Any actions with copies of a library") struct OwnershipPropertyTests {
  @Test(
    "no request is charged more often than recorded or adopted",
    arguments: 1...40 as ClosedRange<UInt64>)
  func sequences(_ seed: UInt64) throws {
    var world = World(seed: seed)
    defer { world.remove() }
    for step in 1...60 {
      let action = try world.step()
      for (uid, charges) in world.charges {
        let allowed = 1 + world.adoptions[uid, default: 0]
        #expect(charges <= allowed, "seed \(seed), step \(step): \(action)")
      }
    }
    // New requests can always be recorded and sent, whatever happened to the folder.
    try world.generateAndSync(0)
    let last = try #require(world.recorded.last)
    #expect(world.charges[last] == 1, "seed \(seed)")
  }

  @Test("a library that is never copied to another disk sends all its requests")
  func originals() throws {
    for seed in 1...10 as ClosedRange<UInt64> {
      var world = World(seed: seed)
      defer { world.remove() }
      for _ in 1...30 { _ = try world.step(withoutReplacing: true) }
      for index in 0..<World.count { try world.syncWhole(index) }
      for uid in world.recorded {
        #expect(world.charges[uid, default: 0] >= 1, "seed \(seed)")
      }
    }
  }
}

/// Four libraries, their copies and dumps, and a gateway that only counts requests.
private struct World {
  static let count = 4
  private var random: SeededGenerator
  private let root: LibraryFolder
  private var folders: [LibraryFolder]
  private var dumps: [[UInt8]] = []
  private var copies: [String] = []
  private var names = 0
  private var clock: Int64 = 1_700_000_000_000
  /// How often each request was sent.
  private(set) var charges: [UID: Int] = [:]
  /// How often a person made another library the owner of each request.
  private(set) var adoptions: [UID: Int] = [:]
  private(set) var recorded: [UID] = []

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    root = TemporaryFolder.new()
    folders = (0..<Self.count).map { [root] in LibraryFolder(path: "\(root.path)/library-\($0)") }
  }

  func remove() { try? FileManager.default.removeItem(atPath: root.path.text) }

  private enum Action: CaseIterable {
    case generate, dump, restore, backup, copy, replace, overwrite, mirror, putCatalogBack, move
    case adopt, empty, sync
  }

  /// Performs a random action and returns its description.
  mutating func step(withoutReplacing: Bool = false) throws -> String {
    var actions = Action.allCases + [.generate, .sync, .sync]
    if withoutReplacing {
      actions.removeAll {
        [.replace, .overwrite, .mirror, .putCatalogBack, .adopt, .empty].contains($0)
      }
    }
    let action = actions.randomElement(using: &random) ?? .sync
    let index = Int.random(in: 0..<Self.count, using: &random)
    clock += 1_000
    try perform(action, index)
    return "\(action) in library \(index)"
  }

  private var now: Timestamp { Timestamp(milliseconds: clock) }

  private func open(_ index: Int) throws -> Library {
    try Library.open(folders[index], for: .creating)
  }

  private mutating func newPath() -> String {
    names += 1
    return "\(root.path)/copy-\(names)"
  }

  private mutating func perform(_ action: Action, _ index: Int) throws {
    let folder = folders[index]
    let place = folder.path.text
    switch action {
    case .generate: try generate(open(index))
    case .dump: dumps.append(try open(index).dumped())
    case .restore:
      guard let dump = dumps.randomElement(using: &random) else { return }
      try open(index).restore(dump, bringingBack: Bool.random(using: &random))
    case .backup:
      let path = newPath()
      _ = try open(index).backup(to: FilePath(path))
      copies.append(path)
    case .copy:
      guard exists(place) else { return }
      let path = newPath()
      try FileManager.default.copyItem(atPath: place, toPath: path)
      copies.append(path)
    case .replace:
      guard let copy = copies.randomElement(using: &random) else { return }
      if exists(place) { try FileManager.default.removeItem(atPath: place) }
      try FileManager.default.copyItem(atPath: copy, toPath: place)
    case .overwrite:
      guard let copy = copies.randomElement(using: &random) else { return }
      try overwrite(place, with: copy)
    case .mirror:
      guard let copy = copies.randomElement(using: &random), exists(place) else { return }
      try mirror(place, with: copy)
    case .putCatalogBack:
      guard let copy = copies.randomElement(using: &random), exists(place) else { return }
      try removeLog(of: folder)
      try overwriteFile(folder.catalog.text, with: copy + "/catalog.sqlite")
    case .move:
      guard exists(place) else { return }
      let path = newPath()
      try FileManager.default.moveItem(atPath: place, toPath: path)
      folders[index] = LibraryFolder(path: path)
    case .adopt: try adopt(open(index))
    case .empty:
      let library = try open(index)
      let ids = try library.ids(uidPrefix: "", limit: 3)
      try library.edit(.trash, on: ids, by: "ann", at: now)
      try library.emptyTrash(until: now, at: now)
    case .sync: try sync(open(index), isWhole: false)
    }
  }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  private func removeLog(of folder: LibraryFolder) throws {
    for suffix in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: (folder.catalog + suffix).text)
    }
  }

  /// Overwrites the existing files, as `cp` does.
  private func overwrite(_ path: String, with source: String) throws {
    try removeLog(of: LibraryFolder(path: path))
    for name in try FileManager.default.subpathsOfDirectory(atPath: source) {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: source + "/" + name, isDirectory: &isFolder)
      if isFolder.boolValue {
        try FileManager.default.createDirectory(
          atPath: path + "/" + name, withIntermediateDirectories: true)
      } else {
        try FileManager.default.createDirectory(
          atPath: (path + "/" + name).parent,
          withIntermediateDirectories: true)
        try overwriteFile(path + "/" + name, with: source + "/" + name)
      }
    }
  }

  /// Makes a folder equal to another one and leaves equal files alone, as `rsync -a --delete` does.
  private func mirror(_ path: String, with source: String) throws {
    let kept = Set(try FileManager.default.subpathsOfDirectory(atPath: source))
    for name in try FileManager.default.subpathsOfDirectory(atPath: path)
    where !kept.contains(name) {
      // A folder is removed with its files.
      try? FileManager.default.removeItem(atPath: path + "/" + name)
    }
    try overwrite(path, with: source)
  }

  private func overwriteFile(_ path: String, with source: String) throws {
    let bytes = try #require(FileManager.default.contents(atPath: source))
    if FileManager.default.contents(atPath: path) == bytes { return }
    if !exists(path) { #expect(FileManager.default.createFile(atPath: path, contents: nil)) }
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.truncate(atOffset: 0)
    try file.write(contentsOf: bytes)
    try file.close()
  }

  private mutating func generate(_ library: Library) throws {
    let draft = GenerationDraft(
      uid: UID(at: now, using: &random), prompt: "cat", parameters: Parameters(seed: 1),
      createdAt: now, requestBody: Array("{}".utf8), gateway: "https://gateway.example")
    try library.record([draft])
    recorded.append(draft.uid)
  }

  private mutating func adopt(_ library: Library) throws {
    let held = try library.ownership().held.flatMap { $0.byStatus.values.joined() }
    for generation in try library.generations(Array(held)) {
      adoptions[generation.uid, default: 0] += 1
    }
    _ = try library.adopt(at: now)
    #expect(try library.ownership().held.isEmpty)
  }

  mutating func generateAndSync(_ index: Int) throws {
    clock += 1_000
    try generate(open(index))
    try syncWhole(index)
  }

  mutating func syncWhole(_ index: Int) throws { try sync(open(index), isWhole: true) }

  /// Does the steps of the sync engine: it reads pages of ids and takes steps one by one.
  ///
  /// Unless `isWhole` is set, it may end after any step.
  private mutating func sync(_ library: Library, isWhole: Bool) throws {
    let reply = Array("{}".utf8)
    for status in [Status.ready, .pending, .submitting, .queued] {
      for id in try library.unfinished(in: status, limit: 100) {
        if !isWhole, Int.random(in: 0..<4, using: &random) == 0 { return }
        guard let item = try library.workItem(id), item.status == status else { continue }
        switch status {
        case .ready: try library.advance(id, .complete(shortfall: nil), at: now)
        case .pending:
          try library.advance(id, .offeredByPoll(reply: reply, usage: nil), at: now)
        case .submitting:
          try library.advance(
            id, .outcomeUnknown(RecordedFailure(code: "c", message: "m"), reply: nil), at: now)
        default:
          try library.advance(id, .submit(to: "https://gateway.example"), at: now)
          if !isWhole, Int.random(in: 0..<8, using: &random) == 0 {
            try library.advance(id, .notSubmitted(reason: "later"), at: now)
            continue
          }
          charges[item.uid, default: 0] += 1
          // The process may be killed here.
          if !isWhole, Int.random(in: 0..<4, using: &random) == 0 { return }
          try library.advance(
            id,
            Bool.random(using: &random)
              ? .accepted(jobID: "j", reply: reply)
              : .offered(reply: reply, jobID: nil, usage: nil), at: now)
        }
      }
    }
  }
}

extension String {
  fileprivate var parent: String { String(self[..<(lastIndex(of: "/") ?? startIndex)]) }
}
