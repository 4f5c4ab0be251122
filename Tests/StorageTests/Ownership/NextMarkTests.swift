import Foundation
import GRDB
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("The mark of a folder when requests are sent") struct NextMarkTests {
  private static let now = Timestamp(milliseconds: 1_700_000_100_000)

  private static func names(_ folder: LibraryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.owner.text).sorted()
  }

  private static func file(_ folder: LibraryFolder) throws -> UInt64 {
    try #require(FileIdentity(path: FolderMark(folder).path)).inode
  }

  @Test("is another file after each transaction that marks requests as sent")
  func renewed() throws {
    let home = try TemporaryLibrary()
    try home.library.queue(3, seed: 1)
    let first = try Self.file(home.folder)
    try home.library.advance(GenerationID(1), .submit(to: "x"), at: Self.now)
    let second = try Self.file(home.folder)
    #expect(second != first)
    let changes = ([2, 3] as [Int64]).map { id in
      CatalogChange.advance(GenerationID(id), .submit(to: "x"), at: Self.now)
    }
    for result in home.library.make(changes) { try result.get() }
    #expect(try Self.file(home.folder) != second)
    #expect(try Self.names(home.folder) == ["mark", "sent-3"])
    try home.library.advance(
      GenerationID(1), .accepted(jobID: "j", reply: Array("{}".utf8)), at: Self.now)
    let statuses = try home.reopened().generations((1...3).map { GenerationID($0) }).map(\.status)
    #expect(statuses == [.pending, .submitting, .submitting])
  }

  @Test("is found if the process was stopped between the commit and the rename")
  func stopped() throws {
    let home = try TemporaryLibrary()
    try home.library.queue(2, seed: 1)
    try home.library.advance(GenerationID(1), .submit(to: "x"), at: Self.now)
    let owner = home.folder.owner.text
    try FileManager.default.moveItem(atPath: owner + "/mark", toPath: owner + "/next-1-1")
    #expect(try home.reopened().generation(GenerationID(2))?.status == .queued)
    try home.library.advance(GenerationID(2), .submit(to: "x"), at: Self.now)
    #expect(try Self.names(home.folder) == ["mark", "sent-2"])
    #expect(try home.reopened().generation(GenerationID(2))?.status == .submitting)
  }

  @Test("stays in use if the transaction fails")
  func failed() throws {
    struct Failure: Error {}
    let home = try TemporaryLibrary()
    try home.library.queue(2, seed: 1)
    let mark = try Self.file(home.folder)
    #expect(throws: Failure.self) {
      try home.library.write { database in
        _ = try NextMark(of: home.folder, in: database)
        throw Failure()
      }
    }
    #expect(try Self.file(home.folder) == mark)
    #expect(try home.reopened().generation(GenerationID(1))?.status == .queued)
    try home.library.advance(GenerationID(1), .submit(to: "x"), at: Self.now)
    #expect(try Self.names(home.folder) == ["mark", "sent-1"])
  }

  @Test("is that of the newest transaction if an older one finishes later")
  func order() throws {
    let home = try TemporaryLibrary()
    try home.library.queue(1, seed: 1)
    var marks: [NextMark] = []
    for _ in 1...2 {
      try home.library.write { marks.append(try NextMark(of: home.folder, in: $0)) }
    }
    for mark in marks.reversed() { mark.finish() }
    #expect(try Self.names(home.folder) == ["mark"])
    #expect(try home.reopened().generation(GenerationID(1))?.status == .queued)
  }

  @Test("keeps the recorded volume if it cannot be read on the same file system")
  func volume() throws {
    let home = try TemporaryLibrary()
    try home.library.queue(1, seed: 1)
    let mark = FolderMark(home.folder)
    func identity(_ volume: [UInt8]?, _ fileSystem: Int64) -> FolderIdentity {
      FolderIdentity(inode: 1, birth: 2, volume: volume, fileSystem: fileSystem, folder: 3)
    }
    func recorded(after identity: FolderIdentity) throws -> Data? {
      try home.library.write { database in
        try mark.record(identity, in: database)
        return try Data.fetchOne(database, sql: "SELECT volume FROM library")
      }
    }
    let known = [UInt8](repeating: 7, count: 16)
    #expect(try recorded(after: identity(known, 5)) == Data(known))
    #expect(try recorded(after: identity(nil, 5)) == Data(known))
    #expect(try recorded(after: identity(nil, 6)) == nil)
  }

  @Test("has a name before the commit that no other process uses")
  func draftNames() throws {
    let home = try TemporaryLibrary()
    try home.library.queue(1, seed: 1)
    let mark = try home.library.write { try NextMark(of: home.folder, in: $0) }
    let draft = try #require(FolderMark(home.folder).drafts.first)
    let digits = try #require(draft.split(separator: "-").last)
    #expect(draft.split(separator: "-").count == 4)
    #expect(digits.count == 8 && digits.allSatisfy { $0.isHexDigit })
    mark.finish()
    #expect(FolderMark(home.folder).drafts.isEmpty)
  }
}
