import Testing

@testable import SeedbankProviders

@Suite("Time limits of an exchange")
struct TimeLimitTests {
  @Test("silence ends an exchange, and each byte restarts the limit")
  func silence() {
    var timer = ExchangeTimer(TimeLimits(silence: .seconds(2), whole: nil), at: .seconds(10))
    #expect(!timer.isSilentTooLong(at: .seconds(12)))
    #expect(timer.isSilentTooLong(at: .milliseconds(12_001)))
    timer.touch(at: .seconds(12))
    #expect(!timer.isSilentTooLong(at: .seconds(14)))
    #expect(!timer.isOver(at: .seconds(1_000_000)))
  }

  @Test("the total time ends an exchange even if bytes arrive")
  func whole() {
    var timer = ExchangeTimer(TimeLimits(silence: .seconds(2), whole: .seconds(5)), at: .zero)
    timer.touch(at: .seconds(6))
    #expect(!timer.isSilentTooLong(at: .seconds(6)))
    #expect(timer.isOver(at: .seconds(6)))
  }

  @Test("a submit ends after an hour, or after a longer time limit for silence")
  func submit() {
    var settings = GatewaySettings()
    #expect(settings.submitLimits == TimeLimits(silence: .seconds(300), whole: .seconds(3600)))
    settings.submitTimeout = .seconds(7200)
    #expect(settings.submitLimits == TimeLimits(silence: .seconds(7200), whole: .seconds(7200)))
  }

  @Test("time in which the process did not run counts only a little")
  func suspended() {
    let clock = ManualClock()
    var running = RunningClock { clock.read() }
    clock.advance(by: .milliseconds(300))
    running.advance()
    #expect(running.now == .milliseconds(300))
    clock.advance(by: .seconds(3600))
    running.advance()
    #expect(running.now == .milliseconds(300) + RunningClock.roundLimit)
    clock.advance(by: .seconds(-5))
    running.advance()
    #expect(running.now == .milliseconds(300) + RunningClock.roundLimit)
  }
}
