/// How much is done at the same time: generations, downloads from one host, and decoding.
///
/// Engines that share it share ``SyncSettings/jobs``, so a command with several engines sends no more requests
/// at a time than a command with one.
public final class WorkerLimits: Sendable {
  let slots: WorkerSlots
  let hosts: HostSlots
  /// Each decoder needs a core and many megabytes.
  let decoders = WorkerSlots(count: 2)

  /// Makes the limits of the settings.
  public init(_ settings: SyncSettings) {
    slots = WorkerSlots(
      count: settings.jobs,
      seats: [
        .polling: settings.pollingSeats, .waiting: settings.waitingJobs,
        .downloading: settings.downloadingSeats,
      ])
    hosts = HostSlots(limit: settings.hostLimit)
  }
}
