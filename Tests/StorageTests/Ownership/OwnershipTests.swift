import Foundation
import GRDB
import TestProcesses
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("Owner of unfinished work") struct OwnershipTests {
  private static let now = Timestamp(milliseconds: 1_700_000_100_000)

  private static func library() throws -> TemporaryLibrary {
    let home = try TemporaryLibrary()
    try fill(home.library)
    return home
  }

  /// Adds a generation in each status that can be continued, and a complete one.
  private static func fill(_ library: Library) throws {
    let ids = try library.queue(6, seed: 1)
    let reply = Array("{}".utf8)
    for id in ids.dropFirst() { try library.advance(id, .submit(to: "x"), at: now) }
    for id in ids[2...3] {
      try library.advance(id, .accepted(jobID: "j", reply: reply), at: now)
    }
    try library.advance(ids[3], .offeredByPoll(reply: reply, usage: nil), at: now)
    try library.advance(
      ids[4], .outcomeUnknown(RecordedFailure(code: "c", message: "m"), reply: nil), at: now)
    try library.advance(ids[5], .offered(reply: reply, jobID: nil, usage: nil), at: now)
    try library.advance(ids[5], .complete(shortfall: nil), at: now)
  }

  private static func statuses(of library: Library) throws -> [Status] {
    try library.generations((1...6).map { GenerationID($0) }).map(\.status)
  }

  private static let own: [Status] = [.queued, .submitting, .pending, .ready, .unknown, .complete]
  private static let held: [Status] = [.held, .held, .held, .held, .unknown, .complete]

  private static func temporary(_ body: (LibraryFolder) async throws -> Void) async throws {
    let folder = TemporaryFolder.new()
    defer { try? FileManager.default.removeItem(atPath: folder.path.text) }
    try await body(folder)
  }

  private static func shell(_ line: String) async throws {
    try #require(try await ChildProcess.run("/bin/sh", ["-c", line]).status == 0)
  }

  /// Expects that a sync gets no work from the library in `folder` before it is adopted, and all of
  /// the work afterwards.
  private static func expectHeld(_ folder: LibraryFolder, _ place: SourceLocation) throws {
    let reading = try Library.open(folder, for: .reading)
    #expect(try statuses(of: reading) == held, sourceLocation: place)
    let library = try Library.open(folder, for: .writing)
    for status in [Status.queued, .submitting, .pending, .ready, .unknown] {
      #expect(try library.unfinished(in: status, limit: 10).isEmpty, sourceLocation: place)
    }
    #expect(throws: LibraryError.held(GenerationID(1)), sourceLocation: place) {
      try library.advance(GenerationID(1), .submit(to: "x"), at: now)
    }
    #expect(throws: LibraryError.held(GenerationID(5)), sourceLocation: place) {
      try library.advance(GenerationID(5), .sendAgain, at: now)
    }
    #expect(try library.heldWork()?.count == 4, sourceLocation: place)
    #expect(try library.adopt(at: now).byStatus.values.reduce(0, +) == 5, sourceLocation: place)
    #expect(try statuses(of: library) == own, sourceLocation: place)
    #expect(try library.ownership().held.isEmpty, sourceLocation: place)
    try library.advance(GenerationID(5), .sendAgain, at: now)
    try library.advance(GenerationID(1), .submit(to: "x"), at: now)
  }

  @Test(
    "a folder copied in any way holds the work, and the original keeps it",
    arguments: [
      "cp -a $A $B", "cp -r $A $B", "mkdir $B && tar -C $A -cf - . | tar -C $B -xf -",
      "cp -a --reflink=auto $A $B", "cp -al $A $B",
      "cp -a $A $A-old && cp -al $A-old $B && rm -r $A-old",
    ])
  func copies(_ line: String) async throws {
    let home = try Self.library()
    try await Self.temporary { copy in
      try await Self.shell("A=\(home.folder.path) B=\(copy.path); \(line)")
      #expect(try Self.statuses(of: home.reopened()) == Self.own)
      try Self.expectHeld(copy, #_sourceLocation)
      // A hard link to the catalog is the same file.
      if !line.contains("cp -al $A $B") {
        #expect(try Self.statuses(of: home.reopened()) == Self.own)
      }
    }
  }

  @Test(
    "a library that was renamed, moved on its disk, or opened by another path stays the owner")
  func moves() async throws {
    for line in ["mv $A $B", "mkdir $B && mv $A/* $B/", "ln -s $A $B"] {
      let home = try Self.library()
      try await Self.temporary { moved in
        try await Self.shell("A=\(home.folder.path) B=\(moved.path); \(line)")
        #expect(try Self.statuses(of: Library.open(moved, for: .writing)) == Self.own, "\(line)")
        #expect(try Self.statuses(of: Library.open(moved, for: .reading)) == Self.own, "\(line)")
      }
    }
  }

  @Test("a backup holds the work in its folder, and also if it replaces the original")
  func backups() async throws {
    for line in ["true", "rm -r $A && cp -a $B $A", "cp -a $B/. $A", "cp $B/catalog.sqlite $A/"] {
      try await Self.temporary { folder in
        try await Self.temporary { backup in
          try Self.fill(Library.open(folder, for: .creating))
          _ = try Library.open(folder, for: .reading).backup(to: backup.path)
          try await Self.shell("A=\(folder.path) B=\(backup.path); \(line)")
          try Self.expectHeld(line == "true" ? backup : folder, #_sourceLocation)
        }
      }
    }
  }

  @Test("an older state of the catalog holds requests that were sent since")
  func putBack() async throws {
    let lines = ["cp $B/catalog.sqlite $A/", "cp -a $B/. $A", "cp -a $B/catalog.sqlite $A/"]
    for line in lines {
      try await Self.temporary { folder in
        try await Self.temporary { older in
          do {
            let library = try Library.open(folder, for: .creating)
            try library.queue(2, seed: 1)
          }
          try await Self.shell("cp -a \(folder.path) \(older.path)")
          do {
            let library = try Library.open(folder, for: .writing)
            try library.advance(GenerationID(1), .submit(to: "x"), at: Self.now)
          }
          try await Self.shell(
            "A=\(folder.path) B=\(older.path); rm -f $A/catalog.sqlite-*; \(line)")
          let library = try Library.open(folder, for: .writing)
          #expect(try library.generation(GenerationID(1))?.status == .held, "\(line)")
          #expect(try library.unfinished(in: .queued, limit: 9).isEmpty, "\(line)")
        }
      }
    }
  }

  @Test("work that is recorded in a copy belongs to the copy, and held work stays held")
  func newWorkInACopy() async throws {
    let home = try Self.library()
    try await Self.temporary { copy in
      try await Self.shell("cp -a \(home.folder.path) \(copy.path)")
      let library = try Library.open(copy, for: .writing)
      let id = try #require(try library.queue(1, seed: 2).first)
      #expect(try library.unfinished(in: .queued, limit: 9) == [id])
      try library.advance(id, .submit(to: "x"), at: Self.now)
      #expect(try Self.statuses(of: library) == Self.held)
      let report = try library.ownership()
      let original = try home.library.ownership()
      #expect(report.isInOwnFolder && report.library != original.library)
      #expect(report.held.map(\.owner) == [original.library])
      #expect(try Self.statuses(of: home.reopened()) == Self.own)
      // A copy of the copy.
      try await Self.temporary { second in
        try await Self.shell("cp -a \(copy.path) \(second.path)")
        let copied = try Library.open(second, for: .writing)
        #expect(try copied.unfinished(in: .submitting, limit: 9).isEmpty)
      }
    }
  }

  @Test("a backup in which work is recorded is no longer replaced by the next backup")
  func backupInUse() async throws {
    let home = try Self.library()
    try await Self.temporary { backup in
      _ = try home.library.backup(to: backup.path)
      try Library.open(backup, for: .writing).queue(1, seed: 2)
      #expect(throws: BackupError.notABackup(path: backup.path)) {
        _ = try home.library.backup(to: backup.path)
      }
    }
  }

  @Test("a dump that is restored elsewhere is held, and one without owners too")
  func dumps() throws {
    let home = try Self.library()
    let dump = String(decoding: try home.library.dumped(), as: UTF8.self)
    let old = dump.replacing(/"owner":"[0-9a-f]*",/, with: "")
      .replacing("\"dump_version\":3", with: "\"dump_version\":1")
    #expect(old != dump && old.utf8.count < dump.utf8.count)
    for text in [dump, old] {
      let other = try TemporaryLibrary()
      let report = try other.library.restore(text)
      #expect(report.held == 4)
      try Self.expectHeld(other.folder, #_sourceLocation)
    }
  }

  @Test("a dump that is restored into its own library changes no owner and resets no state")
  func ownDump() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.queue(4, seed: 1)
    let dump = try home.library.dumped()
    let uid = try #require(try home.library.generation(ids[3])).uid
    try home.library.advance(ids[1], .submit(to: "x"), at: Self.now)
    try home.library.advance(ids[2], .submit(to: "x"), at: Self.now)
    try home.library.advance(
      ids[2], .offered(reply: Array("{}".utf8), jobID: nil, usage: nil), at: Self.now)
    try home.library.advance(ids[2], .complete(shortfall: nil), at: Self.now)
    try home.library.edit(.trash, on: [ids[3]], by: "ann", at: Self.now)
    try home.library.emptyTrash(until: Self.now, at: Self.now)
    _ = try home.library.restore(dump, bringingBack: true)
    let statuses = try home.library.generations(ids).map(\.status)
    #expect(statuses == [.queued, .submitting, .complete])
    // A request that was in another library may have been sent since.
    let returned = try #require(try home.library.ids(uidPrefix: uid.description).first)
    #expect(try home.library.generation(returned)?.status == .held)
  }

  @Test("requests adopted elsewhere are given up permanently when this becomes known")
  func merging() throws {
    let home = try TemporaryLibrary()
    try home.library.queue(1, seed: 1)
    let before = try home.library.dumped()
    let other = try TemporaryLibrary()
    try other.library.restore(before)
    _ = try other.library.adopt(at: Self.now)
    let after = try other.library.dumped()
    #expect(try home.library.restore(after).held == 1)
    #expect(try home.library.generation(GenerationID(1))?.status == .held)
    try home.library.restore(before)
    try other.library.restore(before)
    #expect(try home.library.generation(GenerationID(1))?.status == .held)
    #expect(try other.library.generation(GenerationID(1))?.status == .queued)
    // The library that sent the request owns it, whatever the clocks say.
    _ = try home.library.adopt(at: Timestamp(milliseconds: 5))
    try other.library.advance(GenerationID(1), .submit(to: "x"), at: Self.now)
    try home.library.restore(other.library.dumped())
    #expect(try home.library.generation(GenerationID(1))?.status == .held)
  }

  @Test("an adoption is in the timeline, and undo does not revert it")
  func timeline() throws {
    let home = try Self.library()
    let other = try TemporaryLibrary()
    try other.library.restore(home.library.dumped())
    try other.library.edit(.rate(5), on: [GenerationID(1)], by: "ann", at: Self.now)
    _ = try other.library.adopt(at: Self.now)
    let owner = try #require(try home.library.ownership().library)
    let event = try other.library.timeline(of: GenerationID(1)).last
    #expect(event?.kind == "adopted" && event?.detail == "from library \(owner)")
    #expect(try other.library.history(limit: 9).count == 1)
    _ = try other.library.undo(at: Self.now)
    #expect(try other.library.generation(GenerationID(1))?.status == .queued)
    #expect(try other.library.adopt(at: Self.now).byStatus.isEmpty)
  }

  @Test("a library of version 1 owns its work after the migration, and a backup of one does not")
  func versionOne() async throws {
    for isBackup in [false, true] {
      let folder = try MigrationTests.folder(version: 1)
      defer { try? FileManager.default.removeItem(atPath: folder.path.text) }
      try Self.queueEverything(folder)
      if isBackup { try await Self.shell("touch \(folder.path)/BACKUP") }
      let library = try Library.open(folder, for: .writing)
      let status = try library.generation(GenerationID(1))?.status
      #expect(status == (isBackup ? .held : .queued))
    }
  }

  private static func queueEverything(_ folder: LibraryFolder) throws {
    let queue = try DatabaseQueue(path: folder.catalog.text)
    try queue.write { try $0.execute(sql: "UPDATE generation SET status = 'queued'") }
    try queue.close()
  }

  @Test("a folder without its mark, and one on a disk that cannot be written to, can be read")
  func withoutMark() async throws {
    let home = try Self.library()
    try await Self.shell("rm -r \(home.folder.path)/owner")
    #expect(try Self.statuses(of: home.reopened(for: .reading)) == Self.held)
    try Self.expectHeld(home.folder, #_sourceLocation)
  }

  @Test("the result of a request is recorded even if the folder was renamed")
  func renamedMeanwhile() async throws {
    let home = try TemporaryLibrary()
    try home.library.queue(1, seed: 1)
    try home.library.advance(GenerationID(1), .submit(to: "x"), at: Self.now)
    try await Self.temporary { moved in
      try await Self.shell("mv \(home.folder.path) \(moved.path)")
      try home.library.advance(
        GenerationID(1), .accepted(jobID: "j", reply: Array("{}".utf8)), at: Self.now)
      let library = try Library.open(moved, for: .reading)
      #expect(try library.generation(GenerationID(1))?.status == .pending)
    }
  }
}
