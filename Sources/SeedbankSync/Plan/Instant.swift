public import SeedbankModel

/// Now, by two clocks.
///
/// The wall clock dates what is recorded and shown. Every wait is measured by the other one, which
/// nobody can set and which counts the time that the machine sleeps.
public struct Instant: Sendable, Equatable {
  /// The time that people read; it may be set at any moment.
  public let wall: Timestamp
  /// Since some fixed instant, perhaps the machine's start.
  public let uptime: Duration

  /// Makes an instant from both clocks.
  public init(wall: Timestamp, uptime: Duration) {
    self.wall = wall
    self.uptime = uptime
  }
}
