import FilePaths
import Foundation
import Synchronization
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote

@Suite("What every store does") struct StoreTests {
  @Test(
    "an object that was written is read back, listed and removed", arguments: StoreKind.allCases)
  func roundTrip(_ kind: StoreKind) async throws {
    let fixture = try await StoreFixture(kind)
    let store = fixture.store
    #expect(try await store.read("heads/aa", limit: 10) == nil)
    #expect(try await store.object("heads/aa") == nil)
    #expect(try await store.objects(in: "heads/").isEmpty)
    try await store.write([1, 2, 3], to: "heads/aa")
    try await store.write([], to: "heads/bb")
    #expect(try await store.read("heads/aa", limit: 10) == [1, 2, 3])
    #expect(try await store.read("heads/bb", limit: 10) == [])
    let listed = try await store.objects(in: "heads/")
    #expect(listed.map(\.key) == ["heads/aa", "heads/bb"] && listed.map(\.size) == [3, 0])
    #expect(try await store.object("heads/aa")?.size == 3)
    try await store.write([4, 5, 6, 7], to: "heads/aa")
    let replaced = try await store.objects(in: "heads/")
    #expect(replaced[0].version != listed[0].version && replaced[1].version == listed[1].version)
    #expect(try await store.read("heads/aa", limit: 10) == [4, 5, 6, 7])
    try await store.remove("heads/aa")
    try await store.remove("heads/aa")
    #expect(try await store.objects(in: "heads/").map(\.key) == ["heads/bb"])
    await store.close()
  }

  @Test(
    "an object is created once, and a second attempt changes nothing",
    arguments: StoreKind.allCases)
  func creation(_ kind: StoreKind) async throws {
    let fixture = try await StoreFixture(kind)
    #expect(try await fixture.store.create([1, 2], at: "format.json"))
    #expect(try await !fixture.store.create([3], at: "format.json"))
    #expect(try await fixture.store.read("format.json", limit: 10) == [1, 2])
    await fixture.store.close()
  }

  @Test("of several that create an object in a folder at the same time, one does")
  func creationTogether() async throws {
    let fixture = try await StoreFixture(.folder)
    for round in 1...20 {
      let key = "heads/\(round)"
      let winners = Collected<UInt8>()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in UInt8(1)...4 {
          group.addTask {
            if try await fixture.store.create([number], at: key) { winners.add([number]) }
          }
        }
        try await group.waitForAll()
      }
      #expect(winners.elements.count == 1)
      #expect(try await fixture.store.read(key, limit: 9) == winners.elements)
    }
    let heads = fixture.folder.path.appending("remote/heads").text
    #expect(try FileManager.default.contentsOfDirectory(atPath: heads).count == 20)
  }

  @Test("a listing says when an object was written last", arguments: StoreKind.allCases)
  func times(_ kind: StoreKind) async throws {
    let fixture = try await StoreFixture(kind)
    let file = try fixture.folder.file("old", [1, 2, 3])
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)], ofItemAtPath: file.text)
    try await fixture.store.write([0], to: "heads/aa")
    try await fixture.store.upload(file, FileContent([1, 2, 3]), to: "heads/bb")
    let times = try await fixture.store.objects(in: "heads/").map { $0.modified?.seconds ?? 0 }
    // The time is that of the upload, not that of the file. S3 stores whole seconds.
    #expect(times.count == 2 && abs(times[0] - times[1]) < 600, "\(times)")
    await fixture.store.close()
  }

  @Test(
    "a file that became shorter after it was hashed leaves no object", arguments: StoreKind.allCases
  )
  func shorterFile(_ kind: StoreKind) async throws {
    let fixture = try await StoreFixture(kind)
    let file = try fixture.folder.file("short", [1, 2, 3])
    await #expect(throws: DamagedFile(path: file)) {
      try await fixture.store.upload(
        file, FileContent([UInt8](repeating: 1, count: 900_000)), to: "heads/aa")
    }
    #expect(try await fixture.store.objects(in: "heads/").isEmpty)
    await fixture.store.close()
  }

  @Test(
    "a file that is missing or has other bytes leaves no object", arguments: StoreKind.allCases)
  func otherBytes(_ kind: StoreKind) async throws {
    let fixture = try await StoreFixture(kind)
    for count in [0, 1, 900_000] {
      var bytes = [UInt8](repeating: 1, count: count)
      let file = try fixture.folder.file("image\(count)", bytes)
      if count == 0 { bytes = [1] } else { bytes[count - 1] = 2 }
      await #expect(throws: DamagedFile(path: file)) {
        try await fixture.store.upload(
          file, FileContent(digest: Digest(of: bytes), size: Int64(count)), to: "heads/aa")
      }
    }
    let missing = fixture.folder.path.appending("missing")
    await #expect(throws: DamagedFile(path: missing)) {
      try await fixture.store.upload(missing, FileContent([1]), to: "heads/aa")
    }
    #expect(try await fixture.store.objects(in: "heads/").isEmpty)
    await fixture.store.close()
  }

  @Test("an empty file is stored", arguments: StoreKind.allCases)
  func emptyFile(_ kind: StoreKind) async throws {
    let fixture = try await StoreFixture(kind)
    let file = try fixture.folder.file("empty", [])
    try await fixture.store.upload(file, FileContent([]), to: "heads/aa")
    #expect(try await fixture.store.object("heads/aa")?.size == 0)
    await fixture.store.close()
  }

  @Test("a file above 64 MB with other bytes leaves no object")
  func damagedParts() async throws {
    let fixture = try await StoreFixture(.s3Path)
    var bytes = [UInt8](repeating: 7, count: Int(S3Store.multipartAbove) + 5)
    let file = try fixture.folder.file("large", bytes)
    bytes[bytes.count - 1] = 8
    await #expect(throws: DamagedFile(path: file)) {
      try await fixture.store.upload(file, FileContent(bytes), to: "images/ab/large")
    }
    #expect(try await fixture.store.object("images/ab/large") == nil)
    await fixture.store.close()
  }

  @Test("an object larger than allowed is not read into memory", arguments: StoreKind.allCases)
  func limits(_ kind: StoreKind) async throws {
    let fixture = try await StoreFixture(kind)
    try await fixture.store.write([1, 2, 3, 4], to: "heads/aa")
    await #expect(throws: RemoteError.tooLarge(key: "heads/aa", limit: 3)) {
      _ = try await fixture.store.read("heads/aa", limit: 3)
    }
    await fixture.store.close()
  }

  @Test(
    "a listing is in the order of the keys, starts after the given key, and contains folders",
    arguments: StoreKind.allCases)
  func listing(_ kind: StoreKind) async throws {
    let fixture = try await StoreFixture(kind)
    let keys = [
      "segments/b/1", "segments/a/2-x", "segments/a/1-x", "segments/a-1", "segments/a/10-x",
    ]
    for key in keys { try await fixture.store.write(Array(key.utf8), to: key) }
    try await fixture.store.write([1], to: "segmentsx")
    #expect(try await fixture.store.objects(in: "segments/").map(\.key) == keys.sorted())
    let later = try await fixture.store.objects(in: "segments/a/", after: "segments/a/1~")
    #expect(later.map(\.key) == ["segments/a/2-x"])
    await fixture.store.close()
  }

  @Test("a file is uploaded and downloaded byte for byte", arguments: StoreKind.allCases)
  func files(_ kind: StoreKind) async throws {
    let fixture = try await StoreFixture(kind)
    var bytes = [UInt8](repeating: 0, count: 3_000_000)
    for index in bytes.indices {
      bytes[index] = UInt8(truncatingIfNeeded: index &* 31 ^ index >> 9)
    }
    let file = try fixture.folder.file("image", bytes)
    try await fixture.store.upload(file, FileContent(bytes), to: "images/ab/abc")
    let received = Collected<UInt8>()
    #expect(try await fixture.store.download("images/ab/abc") { received.add($0) })
    #expect(received.elements == bytes)
    #expect(try await !fixture.store.download("images/ab/abd") { _ in })
    await fixture.store.close()
  }

  @Test("a listing of more than one page is whole")
  func pages() async throws {
    let fixture = try await StoreFixture(.s3Path)
    let keys = (1000..<2100).map { "heads/\($0)" }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for part in 0..<4 {
        group.addTask {
          for key in keys[(part * 275)..<((part + 1) * 275)] {
            try await fixture.store.write([1], to: key)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await fixture.store.objects(in: "heads/").map(\.key) == keys)
    await fixture.store.close()
  }

  @Test("a file above 64 MB is sent in parts and read as a whole")
  func parts() async throws {
    let fixture = try await StoreFixture(.s3Path)
    let count = Int(S3Store.multipartAbove) + 5
    let bytes = [UInt8](repeating: 7, count: count)
    let file = try fixture.folder.file("large", bytes)
    try await fixture.store.upload(file, FileContent(bytes), to: "images/ab/large")
    #expect(try await fixture.store.object("images/ab/large")?.size == Int64(count))
    let hash = Mutex(RunningDigest())
    _ = try await fixture.store.download("images/ab/large") { part in
      part.withUnsafeBytes { bytes in hash.withLock { $0.update(bytes) } }
    }
    let expected = Digest(of: bytes)
    #expect(hash.withLock { $0.value } == expected)
    await fixture.store.close()
  }

  @Test("an object that several write at the same time has the bytes of one of them")
  func together() async throws {
    let fixture = try await StoreFixture(.folder)
    for _ in 1...10 {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in UInt8(1)...6 {
          group.addTask {
            let bytes = [UInt8](repeating: number, count: 200_000 + Int(number))
            try await fixture.store.write(bytes, to: "heads/aa")
          }
        }
        try await group.waitForAll()
      }
      let bytes = try #require(try await fixture.store.read("heads/aa", limit: 1 << 20))
      #expect(bytes.count == 200_000 + Int(bytes[0]) && bytes.allSatisfy { $0 == bytes[0] })
    }
  }

  @Test("drafts, links and folders of others are not listed")
  func folderEntries() async throws {
    let fixture = try await StoreFixture(.folder)
    try await fixture.store.write([1], to: "heads/aa")
    let heads = fixture.folder.path.appending("remote/heads").text
    #expect(FileManager.default.createFile(atPath: heads + "/.bb.12", contents: nil))
    try FileManager.default.createSymbolicLink(
      atPath: heads + "/cc", withDestinationPath: "/etc/hostname")
    #expect(try await fixture.store.objects(in: "heads/").map(\.key) == ["heads/aa"])
    #expect(try await fixture.store.read("heads/cc", limit: 99) == nil)
  }

  @Test("in a folder that its group can write to, the group can write to all files and folders")
  func groupFolder() async throws {
    let folder = try TemporaryFolder()
    let root = folder.path.appending("remote").text
    let files = FileManager.default
    try files.createDirectory(atPath: root, withIntermediateDirectories: true)
    try files.setAttributes([.posixPermissions: 0o775], ofItemAtPath: root)
    let store = FolderStore(folder.path.appending("remote"))
    #expect(try await store.create([1], at: "format.json"))
    try await store.upload(folder.file("image", [1, 2]), FileContent([1, 2]), to: "images/ab/abc")
    let paths = try files.subpathsOfDirectory(atPath: root)
    #expect(paths.count == 4)
    for path in paths {
      let attributes = try files.attributesOfItem(atPath: root + "/" + path)
      let mode = try #require(attributes[.posixPermissions] as? Int)
      #expect(mode & 0o060 == 0o060, "\(path)")
    }
  }

  @Test("an object that the system cannot look up is an error, not an absent object")
  func unreadableFolder() async throws {
    let folder = try TemporaryFolder()
    let root = folder.path.appending("remote")
    let files = FileManager.default
    try files.createDirectory(atPath: root.text, withIntermediateDirectories: true)
    // A link to itself, because permissions do not stop an administrator.
    try files.createSymbolicLink(
      atPath: root.appending("images").text, withDestinationPath: "images")
    let store = FolderStore(root)
    await #expect(throws: RemoteError.self) { try await store.object("images/ab/abc") }
    #expect(try await store.object("format.json") == nil)
  }

  @Test("a remote whose program or server is missing is an error that names it")
  func missing() async throws {
    let folder = try TemporaryFolder()
    let store = RcloneStore(
      root: ":local:/", scratch: folder.path, program: "no-such-rclone", pace: TransferPace(jobs: 1)
    )
    await #expect(throws: RemoteError.noRclone) { try await store.object("heads/a") }
    let closed = try StoreFixture.store("s3://bucket/p?endpoint=http://127.0.0.1:9")
    await #expect(throws: RemoteError.unreachable(.refused)) { try await closed.object("heads/a") }
    await closed.close()
  }
}
