/// The state of a generation.
public enum Status: String, Sendable, Codable, CaseIterable {
  /// Recorded with its seed and its exact body; nothing has been sent.
  case queued
  /// Marked as sent: if no reply arrives, the request may have been charged.
  case submitting
  /// The gateway has accepted the request as a job with an id.
  case pending
  /// The gateway offers images, and their addresses or bytes are recorded.
  case ready
  /// Unfinished, and owned by another library: it is not sent, polled or downloaded until a person
  /// adopts it.
  ///
  /// This status is never stored. It follows from the owner of the row.
  case held
  /// Every image that was offered is in the library.
  case complete
  /// The request was refused or the job failed, and the reason is recorded.
  case failed
  /// Sent, but without a usable reply; it is sent again only if a person asks for it.
  case unknown
  /// The images are no longer available, and they were not downloaded.
  case lost

  /// Whether a sync continues it without being asked.
  public var isUnfinished: Bool {
    switch self {
    case .queued, .submitting, .pending, .ready: true
    case .held, .complete, .failed, .unknown, .lost: false
    }
  }
}
