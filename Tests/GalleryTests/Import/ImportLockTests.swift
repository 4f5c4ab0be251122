import FilePaths
import Foundation
import SeedbankModel
import SeedbankStorage
import Synchronization
import TestRandomness
import Testing

@testable import SeedbankGallery

@Suite("An import while another process uses the image store", .timeLimit(.minutes(5)))
struct ImportLockTests {
  /// Imports one file while another connection has claimed the store.
  ///
  /// - Parameter isStopped: receives the number of the call, from 1, and the claim.
  /// - Returns: the report, and how often `isStopped` was called.
  private func run(
    isStopped: @escaping @Sendable (_ call: Int, _ held: HeldClaim) -> Bool
  ) async throws -> (report: ImportReport, calls: Int) {
    let home = try ByteHome()
    defer { withExtendedLifetime(home) {} }
    try home.write(home.picture(1), "one.png")
    let other = try Library.open(home.library.folder, for: .writing)
    let held = HeldClaim(try other.claimStore(for: .adding))
    defer { held.release() }
    // An import that does not ask whether to stop ends too, and the test fails.
    DispatchQueue.global().asyncAfter(deadline: .now() + 60) { held.release() }
    let calls = Mutex(0)
    var random = SeededGenerator(seed: 1)
    let importer = Importer(
      into: .library(home.library), options: ImportOptions(paths: [home.input])
    ) {
      let call = calls.withLock { count in
        count += 1
        return count
      }
      return isStopped(call, held)
    }
    let report = try await importer.run(
      at: Timestamp(milliseconds: 1_760_000_000_000), using: &random)
    return (report, calls.withLock { $0 })
  }

  @Test("can be stopped while it waits, and then it has imported nothing")
  func stopped() async throws {
    let report = try await run { call, _ in call > 1 }.report
    #expect(report.files == 0 && report.new == 0 && report.filesLeft == 1)
  }

  @Test("continues as soon as the store is free")
  func released() async throws {
    let (report, calls) = try await run { call, held in
      if call > 1 { held.release() }
      return false
    }
    #expect(report.new == 1 && report.filesLeft == 0)
    #expect(calls == 2, "the second call is made while the import waits")
  }
}

/// A claim that any thread can release.
private final class HeldClaim: Sendable {
  private let claim: Mutex<Claim?>

  init(_ claim: Claim) { self.claim = Mutex(claim) }

  func release() { claim.withLock { $0 = nil } }
}
