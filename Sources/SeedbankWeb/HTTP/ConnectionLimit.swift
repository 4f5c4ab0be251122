import NIOCore
import Synchronization

/// Counts connections.
///
/// A connection over the limit gets an error and is closed.
final class ConnectionLimit: Sendable {
  private let count = Mutex(0)
  private let limit: Int

  init(_ limit: Int) { self.limit = limit }

  /// Counts a connection until its end; false if there are too many.
  func admit(_ channel: any Channel) -> Bool {
    let isAdmitted = count.withLock { count in
      guard count < limit else { return false }
      count += 1
      return true
    }
    if isAdmitted {
      channel.closeFuture.whenComplete { [self] _ in count.withLock { $0 -= 1 } }
    }
    return isAdmitted
  }
}

/// Tells a client that too many connections are open, and ends its connection.
final class OverloadHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let date: String
  private let lingerMilliseconds: Int64

  init(date: String, lingerMilliseconds: Int64) {
    self.date = date
    self.lingerMilliseconds = lingerMilliseconds
  }

  func channelActive(context: ChannelHandlerContext) {
    let response = ProtocolRefusal.tooManyConnections.response
    var buffer = ByteBuffer(string: response.head(date: date, closing: true))
    if case .bytes(let bytes) = response.body { buffer.writeBytes(bytes) }
    context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    context.close(mode: .output, promise: nil)
    context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(lingerMilliseconds)) {
      context.close(promise: nil)
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? ChannelEvent, event == .inputClosed { context.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
