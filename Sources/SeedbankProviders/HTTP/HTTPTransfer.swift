import CCurl

/// One exchange on the engine's thread.
final class HTTPTransfer {
  let number: UInt64
  /// The engine's time of this round.
  var now: Duration

  private let request: HTTPRequest
  private let exchange: HTTPExchange
  private var handle: OpaquePointer?
  private var permission: SendPermission
  private var timer: ExchangeTimer
  private var head = HeadReader()
  private var hasHead = false
  private var uploaded: Int64 = 0
  /// Reads the request's body while it is sent, if it is not in memory.
  private var reader: RequestContent.Reader?

  /// A poll or a download may be repeated; libcurl repeats one five times at most.
  private static let sharedTries = 6

  init(_ begun: HTTPMailbox.Begun, at now: Duration) {
    number = begun.number
    request = begun.request
    exchange = begun.exchange
    self.now = now
    permission = SendPermission(times: request.connection == .fresh ? 1 : Self.sharedTries)
    timer = ExchangeTimer(request.limits, at: now)
  }

  deinit { release() }

  static func of(_ context: UnsafeMutableRawPointer) -> HTTPTransfer {
    Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue()
  }

  // MARK: Start and end

  /// False if libcurl cannot take it.
  func start(_ multi: OpaquePointer, _ rules: HTTPRules) -> Bool {
    let context = Unmanaged.passUnretained(self).toOpaque()
    guard let made = http_transfer_make(multi, Self.callbacks, context) else { return false }
    handle = made
    let network = rules.network
    return http_transfer_set_url(made, request.address.url)
      && request.headers.allSatisfy { http_transfer_add_header(made, "\($0.name): \($0.value)") }
      && setBody(made)
      && (request.connection == .shared || http_transfer_set_alone(made))
      && http_transfer_set_proxy(
        made, request.proxy?.url ?? "", request.proxy == nil ? "*" : network.proxyExceptions)
      && http_transfer_set_authorities(made, network.authorityFile, network.authorityFolder)
      // An empty name means all encodings that libcurl can decode.
      && http_transfer_set_encodings(made, request.mayCompress ? "" : "identity")
      && (request.bytesPerSecond.map { http_transfer_set_speed(made, $0) } ?? true)
      && http_transfer_set_connect_time(made, max(rules.connectTimeout.inMilliseconds, 1))
      && http_transfer_start(made)
  }

  private func setBody(_ made: OpaquePointer) -> Bool {
    if let method = request.method, !http_transfer_set_method(made, method) { return false }
    guard let body = request.body else { return true }
    if let bytes = body.bytes { return http_transfer_set_body(made, bytes, bytes.count) }
    reader = body.reader()
    return http_transfer_set_source(made, body.count)
  }

  func resume() {
    guard let handle else { return }
    timer.pause(at: now)
    http_transfer_resume(handle)
  }

  /// libcurl has finished the transfer.
  func finish(_ end: http_end) {
    let cause: ExchangeFailure.Cause? =
      if let limit = exchange.excess {
        .tooLarge(limit: limit)
      } else if let fault = ConnectionFault(end, proxy: request.proxy) {
        .connection(fault)
      } else if !hasHead {
        .connection(.badReply)
      } else {
        nil
      }
    if let cause { return fail(cause) }
    release()
    exchange.finish()
  }

  /// Ends it, whatever libcurl is doing.
  func fail(_ cause: ExchangeFailure.Cause) {
    permission.withdraw()
    release()
    exchange.fail(ExchangeFailure(isSent: permission.wasGiven, cause: cause))
  }

  private func release() {
    if let handle { http_transfer_end(handle) }
    handle = nil
  }

  // MARK: Time

  func limit(to time: Duration) { timer.limit(to: time, at: now) }

  /// Must be called in each round, because libcurl tells only then that bytes of the request were sent.
  ///
  /// Before the request may be sent, libcurl's own time limit for connections applies.
  func isOverdue(at now: Duration) -> Bool {
    guard permission.wasGiven, let handle else { return false }
    let uploaded = http_transfer_uploaded(handle)
    if uploaded > self.uploaded {
      timer.touch(at: now, bytes: Int(uploaded - self.uploaded))
      self.uploaded = uploaded
    }
    // Time in which the reader does not read is not silence of the network.
    if exchange.isPaused { timer.pause(at: now) }
    let isTooSlow = timer.isTooSlow(at: now)
    return timer.isOver(at: now) || timer.isSilentTooLong(at: now) || isTooSlow
  }

  // MARK: libcurl's questions

  private static let callbacks = http_callbacks(
    may_send: { context in
      guard let context else { return false }
      return HTTPTransfer.of(context).maySend()
    },
    header: { context, bytes, count in
      guard let context else { return }
      HTTPTransfer.of(context).take(line: UnsafeBufferPointer(start: bytes, count: count))
    },
    body: { context, bytes, count in
      guard let context else { return HTTP_ABORT }
      return HTTPTransfer.of(context).take(
        body: UnsafeBufferPointer(start: bytes, count: count))
    },
    source: { context, bytes, count in
      guard let context, let bytes else { return -1 }
      return HTTPTransfer.of(context).fill(
        UnsafeMutableRawBufferPointer(start: bytes, count: count))
    })

  /// Negative if a file of the body cannot be read.
  ///
  /// The request is then incomplete.
  private func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    (try? reader?.read(into: buffer)) ?? -1
  }

  private func maySend() -> Bool {
    if !permission.wasGiven { timer = ExchangeTimer(request.limits, at: now) }
    return permission.ask()
  }

  private func take(line: UnsafeBufferPointer<UInt8>) {
    timer.touch(at: now, bytes: line.count)
    guard let head = head.take(line) else { return }
    hasHead = true
    exchange.deliver(head)
  }

  private func take(body: UnsafeBufferPointer<UInt8>) -> http_body_answer {
    timer.touch(at: now, bytes: body.count)
    return exchange.deliver(body)
  }
}
