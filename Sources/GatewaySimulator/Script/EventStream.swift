/// How a stream of events is sent.
public struct EventStream: Codable, Equatable, Sendable {
  /// Seconds before each event.
  public var pause: Double?
  /// Events that are sent before the stream ends early; nil means all.
  public var events: Int?
  /// How a stream ends early; nil means `close`.
  public var end: End?

  /// Makes a plan; nil means the usual stream.
  public init(pause: Double? = nil, events: Int? = nil, end: End? = nil) {
    self.pause = pause
    self.events = events
    self.end = end
  }

  /// Ways for a stream to end early.
  public enum End: String, Codable, CaseIterable, Sendable {
    /// The connection is closed without the end of the body.
    case close
    /// The connection is reset.
    case reset
    /// Nothing more comes until the client leaves.
    case stall
    /// An event with an error, then the end of the body.
    case error
    /// The end of the body, as if all were well.
    case done
  }
}
