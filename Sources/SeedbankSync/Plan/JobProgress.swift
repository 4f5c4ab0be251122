/// What one run knows about a generation beyond its row.
///
/// It is not stored.
public struct JobProgress: Sendable, Equatable {
  /// When this run first waited for the job, by the monotonic clock.
  public var waitingSince: Duration?
  /// Polls that reported a running job, or nothing.
  public var polls = 0
  /// Requests that the gateway refused because there were too many.
  public var throttles = 0
  /// Consecutive polls to which the job was unknown.
  public var missing = GracePeriod()
  /// Consecutive polls that reported success without an image.
  public var empty = GracePeriod()
  /// What is known about single images, by position.
  public var images: [Int: ImageProgress] = [:]
  /// How often new links were requested for expired ones.
  public var renewals = 0
  /// Unknown status words that were noted.
  public var strangeWords: Set<String> = []

  /// Makes the progress of a job that was not polled yet.
  public init() {}

  /// What is known about the image at `position`.
  subscript(position: Int) -> ImageProgress {
    get { images[position] ?? ImageProgress() }
    set { images[position] = newValue }
  }
}

/// What one run knows about one offered image.
public struct ImageProgress: Sendable, Equatable {
  /// Failed downloads.
  public var failures = 0
  /// Downloads whose link was refused.
  public var refusals = GracePeriod()
  /// Whether refusals lasted longer than a new link needs to work.
  public var isDead = false
  /// When to try again, by the monotonic clock.
  public var dueAt: Duration = .zero
  /// Why this run does not try again.
  ///
  /// A later run does.
  public var postponed: FetchTrouble?
  /// Why it is lost.
  public var abandoned: Abandonment?

  /// Makes the progress of an image that was not requested yet.
  public init() {}
}

/// Why an offered image is lost.
public struct Abandonment: Sendable, Equatable {
  /// What is recorded and shown.
  public let reason: String
  /// Whether its link expired.
  ///
  /// Otherwise its bytes are not an image.
  public let isExpired: Bool
}

/// A time in which an answer is not believed yet.
///
/// It must arrive several times, over a time measured by the monotonic clock. The count protects a
/// computer that slept during this time.
public struct GracePeriod: Sendable, Equatable {
  /// When the answer first came.
  public private(set) var since: Duration?
  /// How often the answer came.
  public private(set) var count = 0

  /// Makes a period in which no answer came yet.
  public init() {}

  /// Counts one more such answer.
  ///
  /// - Returns: whether it is to be believed now.
  mutating func note(at uptime: Duration, _ length: Duration, tries: Int) -> Bool {
    let first = since ?? uptime
    since = first
    count += 1
    return uptime - first >= length && count >= tries
  }
}
