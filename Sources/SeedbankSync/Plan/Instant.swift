package import SeedbankModel

/// The current time, by two clocks.
///
/// The wall clock is for recorded and shown times. Waits are measured with the other clock, which is
/// monotonic and counts the time in which the computer sleeps.
package struct Instant: Sendable, Equatable {
  /// The wall clock.
  ///
  /// It can be set at any time.
  package let wall: Timestamp
  /// The time since a fixed instant, such as the start of the computer.
  package let uptime: Duration

  /// Makes an instant from both clocks.
  package init(wall: Timestamp, uptime: Duration) {
    self.wall = wall
    self.uptime = uptime
  }
}
