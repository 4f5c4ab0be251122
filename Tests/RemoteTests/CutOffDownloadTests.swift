import FilePaths
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote

@Suite("A download that ends too early without an error") struct CutOffDownloadTests {
  @Test("is named, and the next pull downloads the image")
  func cutOff() async throws {
    let folder = try TemporaryFolder()
    let (ana, bo) = (try Replica(), try Replica())
    let remote = FolderStore(folder.path.appending("remote"))
    try ana.plant(["cat"], seed: 1)
    try await ana.push(remote)
    let store = ObservedStore(remote) { download, part, pass in
      if download > 1 { try pass(part) }
    }
    let first = try await bo.pull(store)
    #expect(first.images == 0 && first.problems.map(\.kind) == [.wrongSize])
    let second = try await bo.pull(store)
    #expect(second.images == 1 && second.problems.isEmpty)
    #expect(try bo.missingImages() == 0)
  }
}
