import Testing

@testable import SeedbankProviders

@Suite("The minimum rate of an exchange") struct MinimumRateTests {
  private static let limits = TimeLimits(
    silence: .seconds(60), whole: nil, rate: MinimumRate(bytes: 100, in: .seconds(10)))

  /// The first of some seconds at which a timer finds an exchange too slow.
  private static func end(
    _ timer: inout ExchangeTimer, _ seconds: ClosedRange<Int>,
    before: (_ second: Duration, _ timer: inout ExchangeTimer) -> Void = { _, _ in }
  ) -> Int? {
    for second in seconds {
      before(.seconds(second), &timer)
      if timer.isTooSlow(at: .seconds(second)) { return second }
    }
    return nil
  }

  @Test("a byte now and then is not silence, and too slow")
  func oneByte() {
    var timer = ExchangeTimer(Self.limits, at: .zero)
    let end = Self.end(&timer, 1...100) { second, timer in timer.touch(at: second, bytes: 1) }
    #expect(end == 11)
    #expect(!timer.isSilentTooLong(at: .seconds(11)))
  }

  @Test("each window of time needs its own bytes")
  func windows() {
    var timer = ExchangeTimer(Self.limits, at: .zero)
    timer.touch(at: .seconds(1), bytes: 1_000_000)
    let first = Self.end(&timer, 1...11)
    timer.touch(at: .seconds(15), bytes: 100)
    let second = Self.end(&timer, 12...22)
    timer.touch(at: .seconds(23), bytes: 99)
    let third = Self.end(&timer, 23...40)
    #expect(first == nil && second == nil && third == 33)
  }

  @Test("time in which the reader does not read is not counted")
  func pauses() {
    var timer = ExchangeTimer(Self.limits, at: .zero)
    let during = Self.end(&timer, 1...100) { second, timer in timer.pause(at: second) }
    let after = Self.end(&timer, 101...200)
    #expect(during == nil && after == 111)
  }

  @Test("without a rate, any number of bytes is enough")
  func none() {
    var timer = ExchangeTimer(TimeLimits(silence: .seconds(60), whole: nil), at: .zero)
    let end = Self.end(&timer, 1...1_000)
    #expect(end == nil)
  }

  @Test("the rate for objects is far below a limit that the user sets")
  func limited() {
    #expect(MinimumRate.standard(below: nil) == MinimumRate(bytes: 61_440, in: .seconds(120)))
    #expect(MinimumRate.standard(below: 800) == MinimumRate(bytes: 12_000, in: .seconds(120)))
    #expect(MinimumRate.standard(below: 1) == MinimumRate(bytes: 0, in: .seconds(120)))
  }
}
