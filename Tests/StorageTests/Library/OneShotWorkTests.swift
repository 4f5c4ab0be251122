import Dispatch
import FilePaths
import Foundation
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("Work on other threads") struct OneShotWorkTests {
  private final class Resource: Sendable {}

  @Test("work that was awaited no longer holds what it captured")
  func blockingWork() async {
    for _ in 0..<200 {
      weak let resource: Resource?
      do {
        let owned = Resource()
        resource = owned
        await BlockingWork.run { _ = owned }
      }
      #expect(resource == nil)
    }
  }

  @Test("reading ahead that has ended no longer holds what it captured")
  func readAhead() throws {
    weak let resource: Resource?
    do {
      let owned = Resource()
      resource = owned
      let numbers = ReadAhead<Int>(depth: 2) { give in
        var number = 0
        while give(number) { number += 1 }
        // Ending takes time, as a transaction does.
        DispatchSemaphore(value: 0).waitShortly()
        _ = owned
      }
      #expect(try numbers.next() == 0)
      numbers.abandon()
      numbers.waitForEnd()
    }
    #expect(resource == nil)
  }

  @Test("reading ahead ends after it was abandoned, even if as many elements as may wait are ready")
  func abandonedWhileFull() {
    let isFull = DispatchSemaphore(value: 0)
    let numbers = ReadAhead<Int>(depth: 2) { give in
      var number = 0
      while give(number) {
        number += 1
        if number == 2 { isFull.signal() }
      }
    }
    isFull.wait()
    numbers.abandon()
    let ended = DispatchGroup()
    DispatchQueue(label: "waiting").async(group: ended) { numbers.waitForEnd() }
    #expect(ended.wait(timeout: .now() + .seconds(60)) == .success)
  }

  @Test(
    "the catalog is closed when a dump, the statistics or a check have returned", arguments: 0...2)
  func closing(_ kind: Int) throws {
    let folder = TemporaryFolder.new()
    defer { try? FileManager.default.removeItem(atPath: folder.path.text) }
    for _ in 0..<20 {
      try read(Library.open(folder, for: .creating), kind)
      // The last connection that is closed removes the log.
      #expect(!FileManager.default.fileExists(atPath: folder.catalog.text + "-wal"))
    }
  }

  private func read(_ library: Library, _ kind: Int) throws {
    if try library.statistics().generations == 0 { try library.add(many: 5) }
    switch kind {
    case 0: try library.dump(dividing: 0) { _ in }
    case 1: _ = try library.statistics(dividing: 0)
    default: _ = try library.check()
    }
  }
}

extension DispatchSemaphore {
  fileprivate func waitShortly() { _ = wait(timeout: .now() + .milliseconds(50)) }
}
