import TestRandomness
import Testing

@testable import SeedbankProviders

@Suite("Backoff")
struct BackoffTests {
  private struct Fixed: RandomNumberGenerator {
    mutating func next() -> UInt64 { 0 }
  }

  @Test("the pauses of polls grow from two to ten seconds by a factor of 1.5")
  func polls() {
    let plain = Backoff(start: .seconds(2), factor: 1.5, cap: .seconds(10), jitter: 0)
    var generator = Fixed()
    let pauses = (0..<7).map { plain.pause(before: $0, using: &generator) }
    #expect(
      pauses == [2, 3, 4.5, 6.75, 10, 10, 10].map { Duration.seconds($0) })
  }

  @Test("jitter stays within its share and below the cap, at any attempt")
  func jitter() {
    var generator = SeededGenerator(seed: 5)
    for attempt in [-1, 0, 1, 5, 60, 1_000, .max] {
      for _ in 0..<100 {
        let pause = Backoff.retries.pause(before: attempt, using: &generator)
        #expect(pause >= .milliseconds(500))
        #expect(pause <= .seconds(60))
      }
    }
  }

  @Test("impossible settings become harmless ones")
  func harmless() {
    let odd = Backoff(start: .seconds(-1), factor: .nan, cap: .seconds(-3), jitter: 9)
    var generator = SeededGenerator(seed: 5)
    #expect(odd.pause(before: 3, using: &generator) == .zero)
  }
}
