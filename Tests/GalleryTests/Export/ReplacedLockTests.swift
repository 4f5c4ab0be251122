import FilePaths
import Foundation
import Platform
import Testing

@testable import SeedbankGallery

@Suite("Locks on files that are replaced") struct ReplacedLockTests {
  private let folder = FilePath("/tmp/replaced-\(UUID().uuidString)")

  private func withFolder(_ body: (_ path: FilePath) throws -> Void) throws {
    try #require(mkdir(folder, 0o700) == 0)
    defer { try? FileManager.default.removeItem(atPath: folder.text) }
    try body(folder.appending("record"))
  }

  private func opened(_ path: FilePath) -> Int32 { open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }

  @Test(
    "a file that was replaced or removed before it is locked is opened again",
    arguments: [true, false])
  func replaced(hasSuccessor: Bool) throws {
    try withFolder { path in
      let successor = folder.appending("new")
      close(opened(successor))
      var opens = 0
      let locked = try LockedFile.locked(
        at: path,
        opening: { () throws(ExportError) -> Int32 in
          opens += 1
          let descriptor = opened(path)
          if opens == 1 { _ = hasSuccessor ? rename(successor, path) : unlink(path) }
          return descriptor
        })
      guard let file = locked else {
        Issue.record("the file is not locked")
        return
      }
      let isNamed = file.isNamed(path)
      #expect(isNamed && opens == 2)
    }
  }

  @Test("a file that another one has locked is not waited for")
  func busy() throws {
    try withFolder { path in
      let first = try LockedFile.locked(
        at: path, opening: { () throws(ExportError) -> Int32 in opened(path) })
      let second = try LockedFile.locked(
        at: path, opening: { () throws(ExportError) -> Int32 in opened(path) })
      let outcome = (first != nil, second != nil)
      #expect(outcome == (true, false))
    }
  }
}
