import FilePaths
import Foundation
import Synchronization
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote
@testable import SeedbankStorage

@Suite("The image store during a download") struct DownloadLockTests {
  private static func isFree(_ library: Library) throws -> Bool {
    let claim = try library.tryClaimStore(for: .judging)
    return claim != nil
  }

  @Test("can be claimed by an import, and a check finds no fault")
  func unclaimed() async throws {
    let folder = try TemporaryFolder()
    let (ana, bo) = (try Replica(), try Replica())
    let remote = FolderStore(folder.path.appending("remote"))
    try ana.plant(["cat"], seed: 1)
    try await ana.push(remote)
    let other = try bo.library()
    let found = Mutex<[Bool]>([])
    let store = ObservedStore(remote) { _, part, pass in
      try pass(part)
      // A check waits for the store, so it would not end before the download.
      guard try Self.isFree(other) else { return }
      let isSound = try other.check().isSound
      found.withLock { $0.append(isSound) }
    }
    let pulled = try await bo.pull(store)
    #expect(pulled.images == 1 && pulled.problems.isEmpty)
    #expect(found.withLock { $0 } == [true])
    #expect(try bo.missingImages() == 0 && other.check().isSound)
    #expect(try FileManager.default.contentsOfDirectory(atPath: bo.folder.incoming.text).isEmpty)
  }

  @Test("can be claimed by an import while rclone downloads, and no file has a name")
  func unclaimedByRclone() async throws {
    let folder = try TemporaryFolder()
    let (ana, bo) = (try Replica(), try Replica())
    let root = ":local:" + folder.path.appending("remote").text
    func store(_ program: FilePath) -> RcloneStore {
      RcloneStore(
        root: root, scratch: bo.folder.incoming, program: program, pace: TransferPace(jobs: 1))
    }
    try ana.plant(["cat"], seed: 1)
    try await ana.push(store("rclone"))
    let log = folder.path.appending("log")
    let program = try folder.file("rclone", Array(Self.observer(of: bo.folder, log).utf8))
    #expect(chmod(program.text, 0o755) == 0)
    let pulled = try await bo.pull(store(program))
    #expect(pulled.images == 1 && pulled.problems.isEmpty)
    let lines = try String(contentsOfFile: log.text, encoding: .utf8).split(separator: "\n")
    #expect(!lines.isEmpty && Set(lines) == ["free 0"], "\(lines)")
    #expect(try bo.missingImages() == 0 && bo.library().check().isSound)
  }

  /// A program that notes, before it is rclone, whether the image store is free during a download, and how many
  /// files with names are in `incoming`.
  private static func observer(of folder: LibraryFolder, _ log: FilePath) -> String {
    """
    #!/bin/sh
    case " $* " in
      *" cat "*|*" copyto "*) python3 - <<'END'
    import fcntl, os
    with open("\(folder.claims)", "a+b") as claims:
        try:
            fcntl.lockf(claims, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 0)
            state = "free"
        except OSError:
            state = "claimed"
    with open("\(log)", "a") as log:
        log.write(f"{state} {len(os.listdir('\(folder.incoming)'))}\\n")
    END
      ;;
    esac
    exec rclone "$@"

    """
  }
}
