import ArgumentParser
import Foundation
import SeedbankModel
import SeedbankStorage
import Testing

@testable import seedbank

@Suite("A run that a server starts")
struct BackgroundSyncTests {
  @Test("sends nothing if the server is already stopping, and its requests stay queued")
  func lateStart() async throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    let id = try sample.add("a cat") { draft in
      draft.status = .queued
      draft.completedAt = nil
    }
    let environment = Environment(variables: [
      "HOME": harness.folder.path, "SEEDBANK_LIBRARY": harness.library.path,
    ])
    let session = Session(environment: environment, library: nil, color: .never, isQuiet: true)
    let work = try GatewayWork(session, GatewayOptions.parse([]))
    let runs = BackgroundSync()
    await runs.stop()
    runs.start(work, sample.library, [id])
    await runs.stop()
    // A run always leaves a notice here: it is stopped, or it finds no key.
    #expect(runs.notice == nil)
    #expect(try sample.library.generation(id)?.status == .queued)
  }

  @Test("the notice for the page is the sentence of the error and its hint")
  func notice() {
    #expect(
      BackgroundSync.notice(Failure(.tryAgain, "the quota is used up", hint: "Run it later."))
        == "the quota is used up. Hint: Run it later.")
    #expect(
      BackgroundSync.notice(Failure(.notConfigured, "no key is set", hint: "set a key"))
        == "no key is set. Hint: set a key.")
    #expect(BackgroundSync.notice(Failure(.tryAgain, "stopped")) == "stopped.")
  }
}
