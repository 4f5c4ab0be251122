import Sync

extension Surroundings {
  /// The clocks and the dice of this machine.
  static let ofThisProcess: Surroundings = {
    // On Linux this clock counts the time that the machine sleeps, and nobody sets it.
    let start = ContinuousClock.now
    return Surroundings(
      now: { Clock.now() }, uptime: { ContinuousClock.now - start },
      sleep: { try await Task.sleep(for: $0) },
      random: { UInt64.random(in: .min ... .max) })
  }()
}
