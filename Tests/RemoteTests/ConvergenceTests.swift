import Foundation
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote
@testable import SeedbankStorage

@Suite("Many libraries on one remote") struct ConvergenceTests {
  private let folder: TemporaryFolder
  private let store: FolderStore

  init() throws {
    folder = try TemporaryFolder()
    store = FolderStore(folder.path.appending("remote"))
  }

  /// `make storm` runs more seeds.
  private static let seeds =
    1...(ProcessInfo.processInfo.environment["SEEDBANK_EXCHANGES"].flatMap { UInt64($0) } ?? 3)

  @Test(
    "eight libraries end equal after random edits, stops, wrong clocks and restored backups, and no request is sent twice",
    arguments: seeds)
  func convergence(_ seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let replicas = try (0..<8).map { index in
      try Replica(shift: Int64.random(in: -9...9, using: &random) * 86_400_000)
    }
    for (index, replica) in replicas.enumerated() {
      try replica.plant(["cat", "dog"], seed: UInt64(index) + 10)
      try replica.queue(2, seed: UInt64(index) + 90)
    }
    // How often each request was sent, as the service counts it.
    var ledger: [UID: Int] = [:]
    for _ in 1...90 {
      let replica = try #require(replicas.randomElement(using: &random))
      let some = try replica.ids().filter { _ in Bool.random(using: &random) }
      switch Int.random(in: 0...13, using: &random) {
      case 0, 1: try replica.edit(.rate(Int.random(in: 1...5, using: &random)), some)
      case 2: try replica.edit(.note("note \(Int.random(in: 0...9, using: &random))"), some)
      case 3: try replica.edit(.trash, Array(some.prefix(1)))
      case 4: try replica.edit(.restore, some)
      case 5: try replica.library().emptyTrash(removesRunning: true, at: replica.now)
      case 6: try replica.backUp()
      case 7: try replica.restoreBackup()
      case 8, 9: try replica.work(&random) { ledger[$0, default: 0] += 1 }
      default:
        let failing = FailingStore(
          store, at: Int.random(in: 1...20, using: &random),
          doneBefore: Bool.random(using: &random))
        do {
          if Bool.random(using: &random) {
            try await replica.push(failing)
          } else {
            try await replica.pull(failing)
          }
        } catch is FailingStore.Killed {} catch RemoteError.empty {}
      }
    }
    for round in 1...4 {
      for replica in replicas {
        if round == 2 {
          try replica.library().emptyTrash(removesRunning: true, at: replica.now)
        }
        try await replica.push(store)
      }
      for replica in replicas { try await replica.pull(store) }
    }
    let expected = try replicas[0].exchanged()
    for (index, replica) in replicas.enumerated() {
      let found = try replica.exchanged()
      for line in Set(found).symmetricDifference(expected).sorted() {
        Issue.record("seed \(seed): library \(index) and library 0 differ in \(line)")
      }
      #expect(try replica.missingImages() == 0)
    }
    #expect(ledger.values.allSatisfy { $0 == 1 }, "seed \(seed): \(ledger)")
    let problems = try await replicas[0].connection(store).check(deep: true).problems
    #expect(problems.isEmpty, "seed \(seed): \(problems)")
  }
}
