import FilePaths
import Foundation
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote
@testable import SeedbankStorage

@Suite("Image files that arrive after their records were pushed")
struct LateFileTests: SharedRemoteSuite {
  let remote: SharedRemote

  init() throws { remote = try SharedRemote() }

  @Test("images that were fetched after a push to a second remote are sent by the next push")
  func fetchedLater() async throws {
    let second = FolderStore(folder.path.appending("second"))
    try ana.plant(["cat", "dog"], seed: 1, hasReference: true)
    try await ana.push(store)
    try await bo.pull(store, images: .none)
    let early = try await bo.connection(second, name: "second").push()
    #expect(early.generations == 2 && early.images == 0)
    #expect(try await bo.connection(store).fetch(try bo.ids()).images == 4)
    let later = try await bo.connection(second, name: "second").push()
    #expect(later.generations == 2 && later.images == 4)
    let cleo = try Replica()
    #expect(try await cleo.pull(second).images == 4)
    #expect(try cleo.missingImages() == 0 && cleo.exchanged() == ana.exchanged())
  }

  @Test("a fetch in a library with one remote leaves nothing to push")
  func oneRemote() async throws {
    try ana.plant(["cat"], seed: 1)
    try await ana.push(store)
    try await bo.pull(store, images: .none)
    #expect(try await bo.connection(store).fetch(try bo.ids()).images == 1)
    #expect(try await bo.connection(store).pushPlan() == 0)
  }

  /// Records a generation, and moves its image file away.
  ///
  /// - Returns: a function that puts the file back.
  private func plantWithoutFile(_ replica: Replica) throws -> () throws -> Void {
    let ids = try replica.plant(["cat"], seed: 1)
    let image = try #require(try replica.library().generation(ids[0])?.images.first)
    let file = replica.folder.absolutePath(of: image).text
    try FileManager.default.moveItem(atPath: file, toPath: file + "-moved")
    return { try FileManager.default.moveItem(atPath: file + "-moved", toPath: file) }
  }

  @Test("a file that was put back is pushed")
  func putBack() async throws {
    let putBack = try plantWithoutFile(ana)
    for _ in 1...2 {
      #expect(try await ana.push(store).problems.map(\.kind) == [.localDamaged])
    }
    try putBack()
    let report = try await ana.push(store)
    #expect(report.images == 1 && report.problems.isEmpty)
    #expect(try await bo.pull(store).images == 1)
    #expect(try await ana.push(store).segments == 0)
  }

  @Test("a file that was put back is pushed also if the push before was stopped at any step")
  func putBackAfterStop() async throws {
    var (failure, isWhole) = (0, false)
    while !isWhole {
      failure += 1
      try #require(failure < 30)
      let store = FolderStore(folder.path.appending("remote-\(failure)"))
      let (ana, bo) = (try Replica(), try Replica())
      let putBack = try plantWithoutFile(ana)
      do {
        try await ana.push(FailingStore(store, at: failure, doneBefore: true))
        isWhole = true
      } catch is FailingStore.Killed {}
      try putBack()
      #expect(try await ana.push(store).problems.isEmpty)
      #expect(try await bo.pull(store).images == 1, "stopped at \(failure)")
    }
    #expect(failure > 4)
  }

  @Test("a file that a repair found again is pushed")
  func foundAgain() async throws {
    let ids = try ana.plant(["cat"], seed: 1)
    let image = try #require(try ana.library().generation(ids[0])?.images.first)
    let path = LibraryFolder.relativePath(of: image.digest, format: image.format)
    var random = SeededGenerator(seed: 1)
    func repair(_ fault: Fault) throws {
      _ = try ana.library().repair([fault], at: ana.now, using: &random) { _ in
        .undecodable(reason: "not read")
      }
    }
    try repair(.fileMissing(path: path, ids))
    let early = try await ana.push(store)
    #expect(early.generations == 1 && early.images == 0)
    try repair(.fileReturned(path: path, ids))
    let later = try await ana.push(store)
    #expect(later.generations == 1 && later.images == 1)
    #expect(try await bo.pull(store).images == 1)
  }
}
