import NIOCore
import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// The connection of one client: reads a request, gets the response, writes it, and repeats.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private enum State {
    case head(HeadScanner)
    case body(RequestHead)
    /// The request is being answered.
    case busy(Cancellation)
    case events(EventSubscription?)
    /// Refused. Further data is ignored.
    case lingering
  }

  private let service: any RequestService
  private let limits: ServerLimits
  private var state = State.head(HeadScanner())
  private var received = ByteBuffer()
  private var deadline: Scheduled<Void>?
  private var isInputClosed = false
  /// Whether a part of the response that is being sent is not written yet.
  private var isWithinResponse = false

  init(_ service: any RequestService, limits: ServerLimits) {
    self.service = service
    self.limits = limits
  }

  // MARK: Events of the channel

  func channelActive(context: ChannelHandlerContext) { waitForRequest(context) }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    switch state {
    case .busy(let cancellation): cancellation.cancel()
    case .events(let subscription): subscription?.cancel()
    case .head, .body, .lingering: break
    }
    state = .lingering
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    switch state {
    case .head(let scanner):
      if received.readableBytes == 0 {
        // The whole head must arrive in time, even if its bytes arrive slowly.
        startDeadline(context, limits.headMilliseconds) { $0.refuse(.timeout, $1) }
      }
      received.writeBuffer(&bytes)
      readHead(scanner, context)
    case .body(let head):
      let steps = received.readableBytes / Self.bodyStep
      received.writeBuffer(&bytes)
      // A few bytes do not count, so that a client cannot hold a connection with one byte at a time.
      if received.readableBytes / Self.bodyStep > steps { startBodyDeadline(head, context) }
      readBody(of: head, context)
    case .busy(let cancellation):
      // A second request before the first response. Proxies and servers handle this differently.
      cancellation.cancel()
      // Within a response, the client would read another one as a part of it.
      if isWithinResponse { context.close(promise: nil) } else { refuse(.malformed, context) }
    case .events(let subscription):
      subscription?.cancel()
      context.close(promise: nil)
    case .lingering: break
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard let event = event as? ChannelEvent, event == .inputClosed else { return }
    isInputClosed = true
    switch state {
    // The client has probably closed the connection, so work that has not started is cancelled. But it
    // may have closed only its half and still wait for the response.
    case .busy(let cancellation): cancellation.cancel()
    case .head, .body, .events, .lingering: context.close(promise: nil)
    }
  }

  // MARK: Reading

  private func waitForRequest(_ context: ChannelHandlerContext) {
    state = .head(HeadScanner())
    received.clear()
    startDeadline(context, limits.idleMilliseconds) { $1.close(promise: nil) }
  }

  private func readHead(_ scanner: HeadScanner, _ context: ChannelHandlerContext) {
    var scanner = scanner
    let result = scanner.scan(received.readableBytesView)
    state = .head(scanner)
    switch result {
    case .malformed: refuse(.malformed, context)
    case .incomplete:
      if received.readableBytes > limits.headBytes { refuse(.headTooLarge, context) }
    case .complete(let count):
      guard count <= limits.headBytes, let bytes = received.readBytes(length: count) else {
        return refuse(.headTooLarge, context)
      }
      do throws(RequestHeadError) {
        admit(try RequestHead(parsing: bytes), context)
      } catch {
        refuse(ProtocolRefusal(error), context)
      }
    }
  }

  /// Decides about a request from its head, before its body is read.
  private func admit(_ head: RequestHead, _ context: ChannelHandlerContext) {
    let admission = service.admission(of: head) {
      ConnectionOwner.isOwnUser(client: context.remoteAddress, server: context.localAddress)
    }
    if let response = admission {
      // The body of such a request is not read, so it cannot be separated from the next request.
      let isFollowed = head.hasBody || received.readableBytes > 0
      if isFollowed { return refuse(response, to: head, context) }
      state = .busy(Cancellation())
      deadline?.cancel()
      return write(response, to: head, context)
    }
    // Checked after the access, because a wrong host is refused before anything else.
    guard !head.lacksLength else { return refuse(.lengthRequired, to: head, context) }
    guard head.contentLength <= limits.bodyBytes else {
      return refuse(.bodyTooLarge, to: head, context)
    }
    if head.expectsContinue, head.contentLength > 0 {
      write("HTTP/1.1 100 Continue\r\n\r\n", context)
    }
    state = .body(head)
    startBodyDeadline(head, context)
    readBody(of: head, context)
  }

  /// The bytes of a body with which the time limit starts again.
  private static let bodyStep = 128 << 10

  private func startBodyDeadline(_ head: RequestHead, _ context: ChannelHandlerContext) {
    startDeadline(context, limits.idleMilliseconds) { $0.refuse(.timeout, to: head, $1) }
  }

  private func readBody(of head: RequestHead, _ context: ChannelHandlerContext) {
    guard received.readableBytes >= head.contentLength else { return }
    guard received.readableBytes == head.contentLength else {
      return refuse(.malformed, to: head, context)
    }
    let body = received.readBytes(length: head.contentLength) ?? []
    received.clear()
    deadline?.cancel()
    let cancellation = Cancellation()
    state = .busy(cancellation)
    let request = Request(head: head, body: body, cancellation: cancellation)
    service.respond(to: request, on: context.eventLoop).assumeIsolated().whenSuccess { response in
      guard case .busy(let current) = self.state, current === cancellation else { return }
      self.write(response, to: head, context)
    }
  }

  // MARK: Writing

  private func write(
    _ response: Response, to head: RequestHead, _ context: ChannelHandlerContext
  ) {
    let isHead = head.method == "HEAD"
    if case .events(let after) = response.body, !isHead {
      return startEvents(response, after: after, context)
    }
    let closing = response.closesConnection || head.closesConnection
    let text = response.head(date: service.date(), closing: closing)
    switch response.body {
    case .bytes(let bytes) where !isHead && response.status != 304:
      var buffer = context.channel.allocator.buffer(capacity: text.utf8.count + bytes.count)
      buffer.writeString(text)
      buffer.writeBytes(bytes)
      sendPieces(of: buffer, closing: closing, context)
    case .file(let file, let range) where !isHead:
      isWithinResponse = true
      write(text, context)
      send(file, range, closing: closing, context)
    default: send(ByteBuffer(string: text), closing: closing, context)
    }
  }

  /// Writes the last piece of a response.
  private func send(_ buffer: ByteBuffer, closing: Bool, _ context: ChannelHandlerContext) {
    isWithinResponse = false
    startDeadline(context, limits.idleMilliseconds) { $1.close(promise: nil) }
    context.writeAndFlush(wrapOutboundOut(buffer)).assumeIsolated().whenComplete { result in
      guard case .busy = self.state else { return }
      if case .failure = result { return context.close(promise: nil) }
      if closing || self.isInputClosed {
        self.linger(context)
      } else {
        self.waitForRequest(context)
      }
    }
  }

  /// Sends bytes in pieces.
  ///
  /// Each is sent after the previous one, so that a client that receives slowly has the time limit for each piece.
  private func sendPieces(
    of buffer: ByteBuffer, closing: Bool, _ context: ChannelHandlerContext
  ) {
    guard case .busy = state else { return }
    var buffer = buffer
    guard buffer.readableBytes > Self.pieceBytes,
      let piece = buffer.readSlice(length: Self.pieceBytes)
    else { return send(buffer, closing: closing, context) }
    let rest = buffer
    isWithinResponse = true
    startDeadline(context, limits.idleMilliseconds) { $1.close(promise: nil) }
    let written = context.writeAndFlush(wrapOutboundOut(piece))
    written.assumeIsolated().whenSuccess { self.sendPieces(of: rest, closing: closing, context) }
  }

  /// Sends a part of a file in pieces.
  ///
  /// Each is sent after the previous one.
  private func send(
    _ file: OpenFile, _ range: Range<Int64>, closing: Bool, _ context: ChannelHandlerContext
  ) {
    guard case .busy(let cancellation) = state else { return }
    guard !range.isEmpty else { return send(ByteBuffer(), closing: closing, context) }
    let count = Int(min(Int64(Self.pieceBytes), Int64(range.count)))
    let piece = service.read(file, at: range.lowerBound, count: count, on: context.eventLoop)
    piece.assumeIsolated().whenComplete { result in
      guard case .busy(let current) = self.state, current === cancellation else { return }
      // If the file became shorter, only the end of the connection can report it.
      guard case .success(let bytes) = result, bytes.count == count else {
        return context.close(promise: nil)
      }
      let rest = (range.lowerBound + Int64(count))..<range.upperBound
      if rest.isEmpty { return self.send(ByteBuffer(bytes: bytes), closing: closing, context) }
      self.startDeadline(context, self.limits.idleMilliseconds) { $1.close(promise: nil) }
      let written = context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(bytes: bytes)))
      written.assumeIsolated().whenSuccess { self.send(file, rest, closing: closing, context) }
    }
  }

  static let pieceBytes = 256 << 10

  private func write(_ text: String, _ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
  }

  // MARK: Server-sent events

  private func startEvents(
    _ response: Response, after: Int64?, _ context: ChannelHandlerContext
  ) {
    deadline?.cancel()
    write(response.head(date: service.date(), closing: true), context)
    let handler = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    let loop = context.eventLoop
    state = .events(nil)
    let subscription = service.subscribe(after: after) { text in
      loop.execute { handler.value.0.deliver(text, handler.value.1) }
    }
    guard let subscription else { return context.close(promise: nil) }
    state = .events(subscription)
    keepAlive(context)
  }

  private func deliver(_ text: String, _ context: ChannelHandlerContext) {
    guard case .events = state else { return }
    // A client that does not read is disconnected. It reconnects with the number of its last event.
    guard context.channel.isWritable else { return context.close(promise: nil) }
    write(text, context)
  }

  private func keepAlive(_ context: ChannelHandlerContext) {
    startDeadline(context, limits.idleMilliseconds / 4) { handler, context in
      handler.deliver(":\n\n", context)
      if case .events = handler.state { handler.keepAlive(context) }
    }
  }

  // MARK: Ending

  private func refuse(
    _ refusal: ProtocolRefusal, to head: RequestHead? = nil, _ context: ChannelHandlerContext
  ) {
    refuse(refusal.response, to: head, context)
  }

  /// Writes a response to a request that cannot be answered, and ends the connection.
  ///
  /// - Parameter head: nil if it could not be read.
  private func refuse(
    _ response: Response, to head: RequestHead?, _ context: ChannelHandlerContext
  ) {
    var buffer = ByteBuffer(string: response.head(date: service.date(), closing: true))
    if case .bytes(let bytes) = response.body, head?.method != "HEAD" { buffer.writeBytes(bytes) }
    context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    linger(context)
  }

  /// Ends the connection so that the client can read the response.
  ///
  /// Closing it while bytes arrive would reset it, and the response would be lost.
  private func linger(_ context: ChannelHandlerContext) {
    state = .lingering
    received.clear()
    if isInputClosed {
      deadline?.cancel()
      return context.close(promise: nil)
    }
    startDeadline(context, limits.lingerMilliseconds) { $1.close(promise: nil) }
    context.close(mode: .output, promise: nil)
  }

  private func startDeadline(
    _ context: ChannelHandlerContext, _ milliseconds: Int64,
    _ action: @escaping (ConnectionHandler, ChannelHandlerContext) -> Void
  ) {
    deadline?.cancel()
    deadline = context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(milliseconds)) {
      action(self, context)
    }
  }
}
