/// What one run remembers of a generation beyond its row; a restart may forget it.
public struct JobProgress: Sendable, Equatable {
  /// When this run first waited for the job, by the clock that nobody sets.
  public var waitingSince: Duration?
  /// Polls that reported a running job, or nothing.
  public var polls = 0
  /// Requests that the gateway refused because there were too many.
  public var throttles = 0
  /// Polls in a row that did not know the job.
  public var missing = GracePeriod()
  /// Polls in a row that told of success without an image.
  public var empty = GracePeriod()
  /// What is known of single images, by position.
  public var images: [Int: ImageProgress] = [:]
  /// How often an expired offer was asked for again.
  public var renewals = 0
  /// Status words that are in no list and have been noted.
  public var strangeWords: Set<String> = []

  /// Makes the progress of a job that was not polled yet.
  public init() {}

  /// What is known of the image at `position`.
  subscript(position: Int) -> ImageProgress {
    get { images[position] ?? ImageProgress() }
    set { images[position] = newValue }
  }
}

/// What one run remembers of one offered image.
public struct ImageProgress: Sendable, Equatable {
  /// Failed downloads.
  public var failures = 0
  /// Downloads whose link was refused.
  public var refusals = GracePeriod()
  /// Whether refusals went on for longer than a link that is only slow to appear would take.
  public var isDead = false
  /// When it is worth another try, by the clock that nobody sets.
  public var dueAt: Duration = .zero
  /// Why this run tries it no more; a later run does.
  public var postponed: FetchTrouble?
  /// Why it will not come.
  public var abandoned: Abandonment?

  /// Makes the progress of an image that was not asked for yet.
  public init() {}
}

/// Why an offered image will not come.
public struct Abandonment: Sendable, Equatable {
  /// What is recorded and shown.
  public let reason: String
  /// Its link died, rather than that its bytes are not an image.
  public let isExpired: Bool
}

/// A time in which an answer is not believed yet: it must have come often enough, and for long enough
/// by the clock that nobody sets. A machine that slept through the time has not asked often enough.
public struct GracePeriod: Sendable, Equatable {
  /// When the answer first came.
  public private(set) var since: Duration?
  /// How often it came.
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
