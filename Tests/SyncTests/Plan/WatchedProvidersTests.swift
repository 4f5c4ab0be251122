import SeedbankModel
import SeedbankProviders
import Testing

@testable import SeedbankSync

@Suite("A watch over several providers")
struct WatchedProvidersTests {
  private static let noClient = StopReason.noClient(provider: "ark")

  private func now(_ seconds: Int) -> Instant {
    Instant(wall: Timestamp(milliseconds: Int64(seconds) * 1000), uptime: .seconds(seconds))
  }

  @Test("continues without a provider that is not configured, and ends without the default one")
  func notConfigured() {
    var watched = WatchedProviders(main: "pixazo")
    let next = watched.next(
      after: (nil, ["ark": Self.noClient]), [:], unfinished: ["ark"], at: now(0))
    #expect(next == .again(after: WatchPlan.revisit, orOnChange: true))
    watched.wake(at: .seconds(1_000_000))
    #expect(watched.resting == ["ark": Self.noClient])
    var ark = WatchedProviders(main: "ark")
    #expect(
      ark.next(after: (nil, ["ark": Self.noClient]), [:], unfinished: ["ark"], at: now(0)) == .end)
  }

  @Test("does not call a throttled provider until its time, and continues with the others")
  func throttled() {
    var watched = WatchedProviders(main: "pixazo")
    let reason = StopReason.throttled(until: Timestamp(milliseconds: 100_000))
    let alone = watched.next(
      after: (nil, ["ark": reason]), [:], unfinished: ["ark"], at: now(0))
    #expect(alone == .again(after: .seconds(100), orOnChange: true))
    let both = watched.next(
      after: (nil, [:]), [:], unfinished: ["ark", "pixazo"], at: now(10))
    #expect(both == .again(after: WatchPlan.revisit, orOnChange: true))
    watched.wake(at: .seconds(99))
    #expect(watched.resting.keys.elementsEqual(["ark"]))
    watched.wake(at: .seconds(100))
    #expect(watched.resting.isEmpty)
  }

  @Test("a provider at rest is not called in the next run")
  func resting() {
    let queues = ProviderQueues(SyncSettings(), resting: ["ark": Self.noClient])
    #expect(queues.admission(of: .submit, to: "ark", at: .zero) == .stopped(Self.noClient))
    #expect(queues.admission(of: .submit, to: "pixazo", at: .zero) == .go)
    #expect(queues.isStopped(.submit, for: ["ark"], at: .zero))
    #expect(!queues.isStopped(.submit, for: ["ark", "pixazo"], at: .zero))
    #expect(queues.stopReason == nil)
  }
}
