import SeedbankSync

extension Dependencies {
  /// The clocks and the dice of this machine.
  static let ofThisProcess: Dependencies = {
    // On Linux this clock counts the time that the machine sleeps, and nobody sets it.
    let start = ContinuousClock.now
    return Dependencies(
      now: { Clock.now() }, uptime: { ContinuousClock.now - start },
      sleep: { try await Task.sleep(for: $0) },
      random: { UInt64.random(in: .min ... .max) },
      utcOffset: { Clock.utcOffset(seconds: $0) })
  }()
}
