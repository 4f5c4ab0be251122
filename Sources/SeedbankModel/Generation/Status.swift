/// Where a generation stands in its life.
public enum Status: String, Sendable, Codable, CaseIterable {
  /// Recorded with its seed and its exact body; nothing has been sent.
  case queued
  /// Marked as sent: from here on a lost answer may have been paid for.
  case submitting
  /// The gateway works on it under a job id.
  case pending
  /// The gateway offers images, and their addresses or bytes are recorded.
  case ready
  /// Unfinished, and owned by another library: it is not sent, polled or fetched until a person adopts
  /// it. No row says so; it follows from a row's owner.
  case held
  /// Every image that was offered is in the library.
  case complete
  /// A definite no, with its reason.
  case failed
  /// Sent, but without a usable answer; only a person's word sends it again.
  case unknown
  /// The offer expired before it was fetched; nothing can bring it back.
  case lost

  /// Whether a sync has something left to do for it without being asked.
  public var isUnfinished: Bool {
    switch self {
    case .queued, .submitting, .pending, .ready: true
    case .held, .complete, .failed, .unknown, .lost: false
    }
  }
}
