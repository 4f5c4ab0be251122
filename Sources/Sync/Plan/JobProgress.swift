/// What one run remembers of a generation beyond its row; a restart may forget it.
public struct JobProgress: Sendable, Equatable {
  /// When this run first waited for the job, by the clock that nobody sets.
  public var waitingSince: Duration?
  /// Polls that told that the job is in flight, or nothing.
  public var polls = 0
  /// When the gateway first said that it knows no such job, and how often in a row.
  public var missingSince: Duration?
  public var missing = 0
  /// Failed downloads, by the image's position.
  public var downloads: [Int: Int] = [:]
  /// How often an expired offer was asked for again.
  public var renewals = 0
  /// Images that are given up one by one.
  public var abandoned: [Int: Abandonment] = [:]
  /// Status words that are in no list and have been noted.
  public var strangeWords: Set<String> = []

  public init() {}
}

/// Why an offered image will not come.
public struct Abandonment: Sendable, Equatable {
  public let reason: String
  /// Its link died, rather than that its bytes are no image.
  public let isExpired: Bool
}
