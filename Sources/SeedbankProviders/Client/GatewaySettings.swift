/// Times and sizes that the client keeps to.
public struct GatewaySettings: Equatable, Sendable {
  /// To resolve, connect and agree on TLS.
  public var connectTimeout: Duration = .seconds(10)
  /// The longest silence after a submit and in its reply, which may take minutes to begin.
  public var submitTimeout: Duration = .seconds(300)
  /// The longest silence after a poll and in its reply.
  public var pollTimeout: Duration = .seconds(30)
  /// The longest silence in a download.
  public var stallTimeout: Duration = .seconds(30)
  /// The whole of a download or a poll, so that a trickle ends too.
  public var downloadTimeout: Duration = .seconds(900)
  /// The longest reply to a submit or a poll, in bytes: an image of 64 MiB in base64 and as much
  /// JSON around it as there may be. Polls have the same, since a job may end in base64.
  public var replyLimit = 96 << 20
  /// The largest image, in bytes.
  public var imageLimit: Int64 = 64 << 20
  /// Redirects followed by a download.
  public var redirectLimit = 5
  /// Connections to one host at a time; more exchanges than that wait for one.
  public var connectionsPerHost = 256

  /// Proxies and certificate authorities.
  public var network = NetworkSettings()

  /// Makes the default settings.
  public init() {}
}
