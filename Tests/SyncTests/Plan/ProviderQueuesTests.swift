import SeedbankProviders
import Testing

@testable import SeedbankSync

@Suite("The queues of several providers")
struct ProviderQueuesTests {
  @Test("a problem with one provider does not stop another")
  func apart() {
    var queues = ProviderQueues(SyncSettings())
    let refusal = KeyRefusal(kind: .invalid)
    let change = queues["ark"].note(
      .keyRefused(refusal), of: .submit, startedAt: .zero,
      at: Instant(wall: .init(milliseconds: 0), uptime: .zero), pause: { _ in .zero })
    #expect(change == .stopped(.keyRefused(refusal)))
    #expect(
      queues.admission(of: .submit, to: "ark", at: .zero) == .stopped(.keyRefused(refusal)))
    #expect(queues.admission(of: .submit, to: "pixazo", at: .zero) == .go)
    #expect(queues.isStopped(.submit, for: ["ark"], at: .zero))
    #expect(!queues.isStopped(.submit, for: ["ark", "pixazo"], at: .zero))
    #expect(queues.stopReason == .keyRefused(refusal))
    #expect(queues.stoppedProvider == "ark")
  }

  @Test("a problem of this computer stops all of them")
  func together() {
    var queues = ProviderQueues(SyncSettings())
    _ = queues.haltAll(.interrupted)
    #expect(queues.stopReason == .interrupted && queues.stoppedProvider == nil)
    for provider in ["ark", "pixazo"] {
      #expect(
        queues.admission(of: .download, to: provider, at: .zero) == .stopped(.interrupted))
    }
  }
}
