/// The time limits and size limits of the client.
public struct GatewaySettings: Equatable, Sendable {
  /// The time limit for name resolution, connection and TLS.
  public var connectTimeout: Duration = .seconds(10)
  /// The longest silence after a submit and in its reply, which may start after minutes.
  public var submitTimeout: Duration = .seconds(300)
  /// The time limit of a submit or an upload, with its reply, so that slow ones end too.
  ///
  /// A longer ``submitTimeout`` takes its place.
  public var wholeSubmitTimeout: Duration = .seconds(3600)
  /// The longest silence after a poll and in its reply.
  public var pollTimeout: Duration = .seconds(30)
  /// The longest silence in a download.
  public var stallTimeout: Duration = .seconds(30)
  /// The time limit of a download or a poll, so that slow ones end too.
  public var downloadTimeout: Duration = .seconds(900)
  /// The largest reply to a submit or a poll for one image, in bytes: an image of 64 MiB in base64, with the
  /// JSON around it.
  ///
  /// A poll may return base64 too.
  public var replyLimit = 96 << 20
  /// The largest reply for several images, in bytes.
  ///
  /// SQLite stores at most 1,000,000,000 bytes in a row.
  public var groupReplyLimit = 768 << 20
  /// The largest image, in bytes.
  public var imageLimit: Int64 = 64 << 20
  /// The maximum number of redirects of a download.
  public var redirectLimit = 5
  /// The maximum number of connections to one host.
  ///
  /// Further exchanges wait.
  public var connectionsPerHost = 256

  /// Proxies and certificate authorities.
  public var network = NetworkSettings()

  /// Makes the default settings.
  public init() {}

  /// The largest reply to a submit or a poll for this number of images, in bytes.
  func largestReply(images: Int) -> Int {
    let (whole, overflows) = replyLimit.multipliedReportingOverflow(by: max(images, 1))
    return max(replyLimit, overflows ? groupReplyLimit : min(whole, groupReplyLimit))
  }

  /// The time limits of a submit and of an upload.
  var submitLimits: TimeLimits {
    TimeLimits(silence: submitTimeout, whole: max(wholeSubmitTimeout, submitTimeout))
  }
}
