import NIOCore
import NIOHTTP1
import Platform

/// One client's connection, from its acceptance to its end.
struct Connection: Sendable {
  typealias Wrapped = NIOAsyncChannel<HTTPServerRequestPart, ByteBuffer>
  typealias Parts = NIOAsyncChannelInboundStream<HTTPServerRequestPart>.AsyncIterator

  /// The largest request body, in bytes.
  static let largestBody = 16 << 20

  let state: GatewayState
  let cache: ImageCache
  let channel: any Channel

  /// The result of one exchange.
  struct Outcome {
    /// nil: no reply.
    var status: Int?
    var keepAlive = false
  }

  /// Serves requests until one side closes the connection.
  ///
  /// A failed connection is only closed.
  static func serve(_ channel: any Channel, state: GatewayState, cache: ImageCache) async {
    let connection = Connection(state: state, cache: cache, channel: channel)
    await withTaskCancellationHandler {
      guard let wrapped = try? await wrap(channel) else { return }
      try? await wrapped.executeThenClose { inbound, _ in
        try await channel.setOption(.autoRead, value: true).get()
        try await connection.serve(inbound)
      }
    } onCancel: {
      connection.channel.close(promise: nil)
    }
  }

  private static func wrap(_ channel: any Channel) async throws -> Wrapped {
    try await channel.eventLoop.submit {
      let decoder = HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)
      try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(decoder))
      return try Wrapped(wrappingChannelSynchronously: channel)
    }.get()
  }

  private func serve(_ inbound: NIOAsyncChannelInboundStream<HTTPServerRequestPart>)
    async throws
  {
    var parts = inbound.makeAsyncIterator()
    let accepted = await state.accept()
    if let wait = accepted.wait { try await Task.sleep(for: .seconds(wait)) }
    switch accepted.connection {
    case nil: break
    case .resetAtOnce?: return try await armReset()
    case .stall?: return try await outlast(&parts)
    default: return
    }
    while let part = try await parts.next() {
      guard case .head(let head) = part else { continue }
      guard try await exchange(head, &parts) else { return }
    }
  }

  /// Serves one request.
  ///
  /// Returns whether another one may follow.
  private func exchange(_ head: HTTPRequestHead, _ parts: inout Parts) async throws -> Bool {
    let place = Place(head.method, head.uri)
    let number = await state.arrive(place)
    var isUnderWay = true
    let result: Result<Outcome, any Error>
    do {
      result = .success(try await answer(head, place, number, &parts, &isUnderWay))
    } catch {
      result = .failure(error)
    }
    if isUnderWay { await state.finish(place) }
    await state.leave(place, status: try? result.get().status)
    return try result.get().keepAlive
  }

  private func answer(
    _ head: HTTPRequestHead, _ place: Place, _ number: Int, _ parts: inout Parts,
    _ isUnderWay: inout Bool
  ) async throws -> Outcome {
    if await state.closesAfterHeaders(place, number: number) { return Outcome() }
    var call = Call(
      method: head.method, uri: head.uri, headers: head.headers, body: [], place: place,
      number: number)
    reading: while let part = try await parts.next() {
      switch part {
      case .head: return Outcome()
      case .body(let buffer):
        call.body += buffer.readableBytesView
        guard call.body.count <= Self.largestBody else { return Outcome() }
      case .end: break reading
      }
    }
    // The wait is the duration of the whole call, so it includes the write of the charge to the disk.
    let arrival = ContinuousClock.now
    let directive = try await state.take(call)
    if let wait = directive.behaviour.wait {
      try await Task.sleep(until: arrival + .seconds(wait), tolerance: .zero, clock: .continuous)
    }
    switch directive.behaviour.connection {
    case .closeAfterRequest?, .closeAtOnce?, .closeAfterHeaders?: return Outcome()
    case .resetAfterRequest?, .resetAtOnce?:
      try await armReset()
      return Outcome()
    case .stall?:
      try await outlast(&parts)
      return Outcome()
    case .cutReply?, .cutHeaders?, .withoutHeader?, .closeAfterReply?, nil:
      return try await send(
        directive, of: call, keepAlive: head.isKeepAlive, &parts, &isUnderWay)
    }
  }

  private func send(
    _ directive: Directive, of call: Call, keepAlive: Bool, _ parts: inout Parts,
    _ isUnderWay: inout Bool
  ) async throws -> Outcome {
    let reply: Reply
    switch directive.content {
    case .reply(let ready): reply = ready
    case .offer(let offer):
      let isPlain = directive.behaviour.connection == nil && directive.behaviour.wire == nil
      if offer.isStream, isPlain {
        return try await stream(offer, directive, keepAlive: keepAlive, &parts)
      }
      reply = try offer.reply(from: cache)
    case .file(let picture):
      let file = try FileReply(picture, for: call, directive, keepAlive, from: cache)
      guard directive.behaviour.wire != nil else { return try await send(file, &parts) }
      reply = Reply(file.status, headers: file.headers, Array(file.body))
    }
    let fault = directive.behaviour.connection
    if let wire = directive.behaviour.wire, fault == nil {
      let whole = wire.reply(reply, now: directive.now, keepAlive: keepAlive)
      try await wire == .slow ? writeSlowly(whole) : write(whole)
      return Outcome(status: reply.status, keepAlive: keepAlive)
    }
    if fault == .withoutHeader {
      try await write(ByteBuffer(bytes: reply.body))
      return Outcome(status: reply.status)
    }
    let header = Wire.header(
      reply.status, reply.headers, .length(reply.body.count), now: directive.now,
      keepAlive: keepAlive)
    if fault == .cutHeaders {
      try await write(header.getSlice(at: 0, length: header.readableBytes / 2) ?? header)
      return Outcome(status: reply.status)
    }
    var whole = header
    whole.writeBytes(fault == .cutReply ? reply.body.prefix(reply.body.count / 2) : reply.body[...])
    // Before the write, because a client that has the reply may send the next request at once.
    isUnderWay = false
    await state.finish(call.place)
    try await write(whole)
    return Outcome(status: reply.status, keepAlive: keepAlive && fault == nil)
  }

  func write(_ buffer: ByteBuffer) async throws {
    try await channel.writeAndFlush(buffer).get()
  }

  /// Sixty pieces, ten per second.
  private func writeSlowly(_ buffer: ByteBuffer) async throws {
    var rest = buffer
    let length = max(1, (rest.readableBytes + 59) / 60)
    while let piece = rest.readSlice(length: min(length, rest.readableBytes)),
      piece.readableBytes > 0
    {
      try await write(piece)
      try await Task.sleep(for: .milliseconds(100))
    }
  }

  /// Makes the next close a reset.
  func armReset() async throws {
    guard let options = channel as? any SocketOptionProvider else { return }
    try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
  }

  /// Waits, silently, until the client leaves.
  func outlast(_ parts: inout Parts) async throws {
    while try await parts.next() != nil {}
  }
}
