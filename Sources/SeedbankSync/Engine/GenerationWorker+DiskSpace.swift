import SeedbankStorage

extension GenerationWorker {
  /// Waits until the disk has space for the result, besides those of the generations that are running.
  ///
  /// If it has no space for this one alone, the run ends.
  ///
  /// - Returns: whether the request can be sent.
  mutating func waitForDiskSpace() async throws -> Bool {
    while !run.stop.isOn {
      needsDiskSpace = true
      let expected = run.expected.load(ordering: .relaxed)
      guard
        let refusal = DiskSpacePlan.refusal(
          free: try run.library.images.freeDiskSpace(), expected: expected, run.settings)
      else { return true }
      guard await waitForOthers(orStop: refusal) else { return false }
    }
    return false
  }

  /// Waits for a while in which other generations may free disk space.
  ///
  /// If no other one is running, the run ends.
  ///
  /// - Returns: whether requests can still be sent.
  mutating func waitForOthers(orStop refusal: StopReason) async -> Bool {
    let isAlone = run.expected.load(ordering: .relaxed) <= 1
    needsDiskSpace = false
    guard !isAlone else {
      run.halt(refusal)
      return false
    }
    await run.rest(run.length(of: .poll(1)))
    return !run.isStopped(.submit)
  }
}
