/// What one run knows about a generation beyond its row.
///
/// It is not stored.
package struct JobProgress: Sendable, Equatable {
  /// When this run first waited for the job, by the monotonic clock.
  package var waitingSince: Duration?
  /// Polls that reported a running job, or nothing.
  package var polls = 0
  /// Requests without a usable reply that are sent again, because this is not charged twice.
  package var repeats = 0
  /// Requests that the gateway refused because there were too many.
  package var throttles = 0
  /// Consecutive polls to which the job was unknown.
  package var missing = GracePeriod()
  /// Consecutive polls that reported success without an image.
  package var empty = GracePeriod()
  /// Whether a poll said that the job is running.
  package var wasRunning = false
  /// Consecutive polls that were refused, although the reply to the submit has images.
  package var refused = GracePeriod()
  /// What is known about single images, by position.
  package var images: [Int: ImageProgress] = [:]
  /// How often new links were requested for expired ones.
  package var renewals = 0
  /// Unknown status words that were noted.
  package var strangeWords: Set<String> = []

  /// Makes the progress of a job that was not polled yet.
  package init() {}

  /// What is known about the image at `position`.
  subscript(position: Int) -> ImageProgress {
    get { images[position] ?? ImageProgress() }
    set { images[position] = newValue }
  }
}

/// What one run knows about one offered image.
package struct ImageProgress: Sendable, Equatable {
  /// Failed downloads.
  package var failures = 0
  /// Downloads whose link was refused.
  package var refusals = GracePeriod()
  /// Whether refusals lasted longer than a new link needs to work.
  package var isDead = false
  /// When to try again, by the monotonic clock.
  package var dueAt: Duration = .zero
  /// Why this run does not try again.
  ///
  /// A later run does.
  package var postponed: FetchTrouble?
  /// Why it is lost.
  package var abandoned: Abandonment?

  /// Makes the progress of an image that was not requested yet.
  package init() {}
}

/// Why an offered image is lost.
package struct Abandonment: Sendable, Equatable {
  /// What is recorded and shown.
  package let reason: String
  /// Whether its link expired.
  ///
  /// Otherwise its bytes are not an image.
  package let isExpired: Bool
}

/// A time in which an answer is not believed yet.
///
/// It must arrive several times, over a time measured by the monotonic clock. The count protects a
/// computer that slept during this time.
package struct GracePeriod: Sendable, Equatable {
  /// When the answer first came.
  package private(set) var since: Duration?
  /// How often the answer came.
  package private(set) var count = 0

  /// Makes a period in which no answer came yet.
  package init() {}

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
