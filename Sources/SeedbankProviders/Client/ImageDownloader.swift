public import FoundationEssentials

/// Downloads images in constant memory, without a key.
///
/// It logs nothing and tries nothing twice. ``shutdown()`` must be called before the last reference goes,
/// unless a client owns the connections.
public struct ImageDownloader: Sendable {
  private let transport: Transport
  private let settings: GatewaySettings
  private let policy: DownloadPolicy
  /// The key whose traces in links and replies are known; it is sent only where a link had it.
  private let key: APIKey?
  private let now: @Sendable () -> Date

  /// Makes a downloader with connections of its own, which knows no key.
  ///
  /// - Parameters:
  ///   - allowsLoopback: Whether links may lead to this computer.
  ///   - now: The clock: the time at which a reply came.
  public init(
    settings: GatewaySettings = GatewaySettings(), allowsLoopback: Bool,
    now: @escaping @Sendable () -> Date
  ) {
    let start = SuspendingClock.now
    self.init(
      Transport(settings, uptime: { SuspendingClock.now - start }), settings,
      DownloadPolicy(isGatewayLoopback: allowsLoopback), nil, now: now)
  }

  init(
    _ transport: Transport, _ settings: GatewaySettings, _ policy: DownloadPolicy, _ key: APIKey?,
    now: @escaping @Sendable () -> Date
  ) {
    self.transport = transport
    self.settings = settings
    self.policy = policy
    self.key = key
    self.now = now
  }

  /// Closes every connection; downloads under way fail.
  public func shutdown() async { await transport.shutdown() }

  /// Downloads an image into a sink.
  ///
  /// Redirects are followed here, at most ``GatewaySettings/redirectLimit`` of them. The length is
  /// checked against what was announced; whether the bytes are an image is the caller's to see.
  ///
  /// - Parameter resumption: Asks to go on where an earlier download ended; see
  ///   ``DownloadStart/offset`` for whether the server did.
  /// - Throws: ``DownloadError``, or what the sink throws.
  public func download(
    _ link: ImageLink, resuming resumption: Resumption? = nil, to sink: some DownloadSink
  ) async throws -> Download {
    var next: WebAddress
    do throws(WebAddressError) {
      next = try WebAddress((key.map { $0.restored(link) } ?? link).url)
    } catch {
      throw DownloadError.badAddress(error)
    }
    try policy.check(next)
    for _ in 0...max(settings.redirectLimit, 0) {
      switch try await get(next, resuming: resumption, to: sink) {
      case .done(let download): return download
      case .redirect(let location): next = try policy.redirect(from: next, to: location)
      }
    }
    throw DownloadError.redirectRefused(.tooMany(limit: settings.redirectLimit))
  }

  private enum Step {
    case done(Download)
    case redirect(location: String?)
  }

  private func get(
    _ address: WebAddress, resuming resumption: Resumption?, to sink: some DownloadSink
  ) async throws -> Step {
    let resumption = resumption.flatMap { $0.isUsable ? $0 : nil }
    let transfer = DownloadTransfer(limit: settings.imageLimit)
    let (limit, now, key) = (settings.imageLimit, now, key)
    do {
      return try await transport.exchange(
        address, headers: Self.headers(resumption), on: .shared,
        buffering: .pausing(at: Self.bufferLimit), mayCompress: false,
        within: TimeLimits(silence: settings.stallTimeout, whole: settings.downloadTimeout)
      ) { exchange in
        let head = try await exchange.head()
        // An image comes with 200 or 206. Another reply's first bytes may say why there is none, and a
        // connection whose reply was read to its end can be used again.
        let reply =
          head.status == 200 || head.status == 206
          ? Reply(status: head.status, headers: head.headers)
          : await Reply(
            head, beginningOf: exchange, limit: ImageRefusal.bodyLimit, within: Self.errorTime)
        let shown = key.map { reply.redactingHeaders($0) } ?? reply
        switch try DownloadReply.read(shown, resuming: resumption, limit: limit, at: now()) {
        case .begins(let start):
          return .done(try await transfer.run(start, head, exchange, to: sink))
        case .redirect(let location):
          return .redirect(location: location)
        }
      }
    } catch let failure as ExchangeFailure {
      throw transfer.error(for: failure.cause)
    } catch let failure as SinkFailure {
      throw failure.error
    }
  }

  /// Bytes that wait for a slow sink before the network does.
  private static let bufferLimit = 256 << 10
  /// The longest time for the body of a reply that brings no image.
  private static let errorTime = Duration.seconds(5)

  private static func headers(_ resumption: Resumption?) -> [(name: String, value: String)] {
    var headers = [
      (name: "Accept", value: "image/*"), (name: "User-Agent", value: GatewayClient.userAgent),
    ]
    guard let resumption else { return headers }
    headers.append((name: "Range", value: "bytes=\(resumption.offset)-"))
    if let validator = resumption.validator {
      headers.append((name: "If-Range", value: validator))
    }
    return headers
  }
}

extension Resumption {
  /// Whether there is something to go on from, and nothing in the validator that a header must not
  /// carry.
  fileprivate var isUsable: Bool {
    offset > 0 && (validator?.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } ?? true)
  }
}
