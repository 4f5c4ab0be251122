/// The limits for a client.
///
/// A request over a limit gets 408, 413, 431 or 503.
public struct ServerLimits: Sendable {
  /// Bytes of a request's first line and header fields.
  public var headBytes = 64 << 10
  /// The longest body of a request, in bytes.
  public var bodyBytes = 1 << 20
  /// Milliseconds from the first byte of a request to the end of its head.
  public var headMilliseconds: Int64 = 10_000
  /// Milliseconds without progress after which a connection is closed.
  ///
  /// Progress is a piece of 256 KiB of a response that the client has received, or 128 KiB of a request's body.
  public var idleMilliseconds: Int64 = 60_000
  /// The largest number of open connections.
  public var connections = 64
  /// Milliseconds for which a client may continue to send after a refusal.
  public var lingerMilliseconds: Int64 = 2_000

  /// Makes the standard limits.
  public init() {}
}
