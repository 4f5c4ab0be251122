import Foundation
import Platform
import Testing

@testable import SeedbankGallery

@Suite("Locked files") struct LockedFileTests {
  @Test("a copy of the descriptor in a starting process does not keep the file locked")
  func copies() {
    let name = "/tmp/locked-\(UUID().uuidString)"
    let descriptor = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    defer { unlink(name) }
    let copy = dup(descriptor)
    defer { close(copy) }
    let wasLocked = LockedFile(descriptor) != nil
    #expect(wasLocked)
    let isFreeAgain = LockedFile(open(name, O_RDWR | O_CLOEXEC)) != nil
    #expect(isFreeAgain)
  }

  @Test("a file that is locked cannot be locked again")
  func locked() {
    let name = "/tmp/locked-\(UUID().uuidString)"
    defer { unlink(name) }
    let first = LockedFile(open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o600))
    let second = LockedFile(open(name, O_RDWR | O_CLOEXEC))
    let outcome = (first != nil, second != nil)
    #expect(outcome == (true, false))
  }
}
