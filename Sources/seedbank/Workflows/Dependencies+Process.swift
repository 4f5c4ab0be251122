import SeedbankSync

extension Dependencies {
  /// The clocks and the random numbers of this computer.
  static let ofThisProcess: Dependencies = {
    // On Linux, this clock is monotonic and counts the time in which the computer sleeps.
    let start = ContinuousClock.now
    return Dependencies(
      now: { Clock.now() }, uptime: { ContinuousClock.now - start },
      sleep: { try await Task.sleep(for: $0) },
      random: { UInt64.random(in: .min ... .max) },
      utcOffset: { Clock.utcOffset(seconds: $0) })
  }()
}
