import FilePaths
import Foundation
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

private let noon = Timestamp(milliseconds: 1_800_000_000_000)

@Suite("The trash") struct TrashTests {
  @Test("restoring a deleted generation restores everything, with its image")
  func backAgain() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat", "dog"], tags: ["a"])
    try home.library.edit(.rate(4), on: ids, by: "ana", at: noon)
    let before = try home.library.everything()
    try home.library.edit(.trash, on: ids, by: "ana", at: noon)
    #expect(try home.library.trash(limit: 9) == ids.reversed())
    #expect(try home.library.newest(offset: 0) == nil)
    try home.library.edit(.restore, on: ids, by: "ana", at: noon)
    #expect(try home.library.everything() == before)
    #expect(try home.library.check().isSound)
  }

  @Test("emptying reports the freed space, and keeps an image that another generation needs")
  func sharedImages() throws {
    let home = try TemporaryLibrary()
    let library = home.library
    var random = SeededGenerator(seed: 1)
    let (shared, own) = (
      try library.plantImage("shared"), try library.plantImage("own", position: 2)
    )
    let drafts = (0..<3).map { index in
      var draft = GenerationDraft(
        uid: UID(at: noon, using: &random), prompt: "cat", parameters: Parameters(),
        createdAt: noon, status: .complete)
      draft.images = index == 0 ? [shared, own] : [shared]
      return draft
    }
    let ids = try library.record(drafts)
    try library.edit(.trash, on: ids.prefix(2), by: "ana", at: noon)
    let plan = try library.trashPlan()
    #expect(plan == TrashPlan(generations: 2, files: 1, bytes: 3, sharedFiles: 1, running: 0))
    #expect(try library.emptyTrash(at: noon) == plan)
    #expect(FileSystem.exists(home.folder.absolutePath(of: shared)))
    #expect(!FileSystem.exists(home.folder.absolutePath(of: own)))
    #expect(try library.check().isSound)
    try library.edit(.trash, on: ids, by: "ana", at: noon)
    try library.emptyTrash(at: noon)
    #expect(!FileSystem.exists(home.folder.absolutePath(of: shared)))
    #expect(try library.everything().isEmpty)
  }

  @Test("a stop between rows and files leaves orphans that a check names, never rows without files")
  func stopped() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat"])
    let path = try #require(try home.library.generation(ids[0])?.images.first).relativePath
    try home.library.edit(.trash, on: ids, by: "ana", at: noon)
    try home.library.write { try Trash(until: nil).removeRows(at: noon, in: $0) }
    #expect(try home.library.check().faults == [.orphan(path: path)])
  }

  @Test("sent and unfinished generations stay in the trash, unless it is forced")
  func running() throws {
    let home = try TemporaryLibrary()
    let library = home.library
    var random = SeededGenerator(seed: 1)
    let statuses: [Status] = [.queued, .submitting, .pending, .ready, .complete, .unknown]
    let drafts = statuses.map { status in
      GenerationDraft(
        uid: UID(at: noon, using: &random), prompt: "cat", parameters: Parameters(),
        createdAt: noon, status: status)
    }
    let ids = try library.record(drafts)
    try library.edit(.trash, on: ids, by: "ana", at: noon)
    let plan = try library.emptyTrash(at: noon)
    #expect(plan.generations == 3)
    #expect(plan.running == 3)
    #expect(Set(try library.trash(limit: 9)) == Set(ids[1...3]))
    #expect(try library.emptyTrash(removesRunning: true, at: noon).generations == 3)
    #expect(try library.everything().isEmpty)
  }

  @Test("emptying waits for processes between a file and its row, which do not wait for each other")
  func onTheWay() async throws {
    let home = try TemporaryLibrary()
    let library = home.library
    let ids = try library.plant(["cat"])
    try library.edit(.trash, on: ids, by: "ana", at: noon)
    var adding = try (0..<2).map { _ in try library.claimStore(for: .adding) }
    let emptied = Task.detached { try library.emptyTrash(at: noon) }
    try await Task.sleep(for: .milliseconds(100))
    adding.removeLast()
    #expect(try library.trash(limit: 9) == ids)
    adding.removeAll()
    #expect(try await emptied.value.generations == 1)
    #expect(try library.everything().isEmpty)
  }

  @Test("sizes near the largest number do not stop emptying")
  func hugeSizes() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat", "dog"])
    try home.library.write { database in
      try database.execute(sql: "UPDATE image SET bytes = \(Int64.max)")
    }
    try home.library.edit(.trash, on: ids, by: "ana", at: noon)
    let plan = try home.library.trashPlan()
    #expect(plan.files == 2 && plan.bytes == 9_000_000_000_000_000_000)
    #expect(try home.library.emptyTrash(at: noon) == plan)
  }

  @Test("only generations that were deleted before a given time are removed")
  func until() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat", "dog"])
    try home.library.edit(.trash, on: [ids[0]], by: "ana", at: noon)
    try home.library.edit(.trash, on: [ids[1]], by: "ana", at: noon.advanced(bySeconds: 60))
    #expect(try home.library.emptyTrash(until: noon, at: noon).generations == 1)
    #expect(try home.library.trash(limit: 9) == [ids[1]])
    #expect(try home.library.history(limit: 1).map(\.generations) == [1])
    #expect(try home.library.undo(2, at: noon).map(\.gone) == [0, 1])
  }

  @Test("the newest time in the trash is that of its generations, whatever the clock says")
  func newest() throws {
    let home = try TemporaryLibrary()
    #expect(try home.library.newestInTrash() == nil)
    let ids = try home.library.plant(["cat", "dog", "owl"])
    #expect(try home.library.newestInTrash() == nil)
    let late = noon.advanced(bySeconds: 1e9)
    try home.library.edit(.trash, on: [ids[0]], by: "ana", at: noon)
    try home.library.edit(.trash, on: [ids[1]], by: "ana", at: late)
    #expect(try home.library.newestInTrash() == late)
    #expect(try home.library.emptyTrash(until: late, at: noon).generations == 2)
    #expect(try home.library.newestInTrash() == nil)
  }

  @Test("a trash that changed after it was shown is not emptied")
  func changed() throws {
    let home = try TemporaryLibrary()
    let library = home.library
    let ids = try library.plant(["cat", "dog"])
    try library.edit(.trash, on: [ids[0]], by: "ana", at: noon)
    let shown = try library.trashPlan()
    try library.edit(.trash, on: [ids[1]], by: "ana", at: noon)
    #expect(throws: EditError.trashChanged) {
      try library.emptyTrash(expecting: shown, at: noon)
    }
    #expect(try library.trash(limit: 9).count == 2)
    let plan = try library.trashPlan()
    #expect(try library.emptyTrash(expecting: plan, at: noon).generations == 2)
  }
}
