package import FoundationEssentials

/// Downloads images in constant memory, without a key.
///
/// It logs nothing and repeats nothing. ``shutdown()`` must be called before the last reference is
/// released, unless a client owns the connections.
package struct ImageDownloader: Sendable {
  private let transport: Transport
  private let settings: GatewaySettings
  private let policy: DownloadPolicy
  /// The key that is removed from links and replies.
  ///
  /// It is sent only if a link contained it.
  private let key: APIKey?
  private let now: @Sendable () -> Date

  /// Makes a downloader with its own connections and without a key.
  ///
  /// - Parameters:
  ///   - allowsLoopback: Whether links may lead to this computer.
  ///   - now: The clock: the time at which a reply came.
  package init(
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

  /// Closes every connection.
  ///
  /// Running downloads fail.
  package func shutdown() async { await transport.shutdown() }

  /// Downloads an image into a sink.
  ///
  /// At most ``GatewaySettings/redirectLimit`` redirects are followed. The length is compared with the
  /// announced one. The caller must check that the bytes are an image.
  ///
  /// - Parameter resumption: An earlier download to continue. ``DownloadStart/offset`` shows whether the
  ///   server did.
  /// - Throws: ``DownloadError``, or what the sink throws.
  package func download(
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
        // A reply with an image has status 200 or 206. The first bytes of another reply may contain the
        // reason, and a connection can be used again only if its reply was read to the end.
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

  /// The bytes that are buffered for a slow sink.
  private static let bufferLimit = 256 << 10
  /// The time limit for the body of a reply without an image.
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
  /// Whether there are stored bytes, and the validator is allowed in a header.
  fileprivate var isUsable: Bool {
    offset > 0 && (validator?.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } ?? true)
  }
}
