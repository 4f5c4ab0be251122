/// The least that an exchange must receive and send together, in each window of time.
///
/// Without it, a server that sends a byte now and then holds an exchange without end.
package struct MinimumRate: Equatable, Sendable {
  /// The number of bytes.
  let bytes: Int64
  let window: Duration

  /// Makes a rate.
  package init(bytes: Int64, in window: Duration) {
    self.bytes = bytes
    self.window = window
  }

  /// A rate for objects of any size: 512 bytes a second, measured over two minutes.
  ///
  /// - Parameter limit: the most that the exchange may transfer in a second; nil for no limit. The rate is far
  ///   below it.
  package static func standard(below limit: Int64?) -> MinimumRate {
    let window: Int64 = 120
    let speed = min(512, (limit ?? .max) / 8)
    return MinimumRate(bytes: speed * window, in: .seconds(window))
  }
}
