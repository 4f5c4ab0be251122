import NIOCore
import NIOHTTP1

/// Stands in each connection between the HTTP library and the socket's encoder.
///
/// It asks the book for leave before a request's first byte, and puts the exact target in place: the
/// library would pass a URL through a parser that may rewrite it. A request without leave is not
/// written, and the connection is closed.
final class ExchangeHandler: ChannelOutboundHandler {
  typealias OutboundIn = HTTPClientRequestPart
  typealias OutboundOut = HTTPClientRequestPart

  /// Carries a ticket from the client to this handler, and is never sent.
  static let header = "x-seedbank-ticket"

  private let book: ExchangeBook
  private let isSingleUse: Bool
  private var uses = 0
  private var isWithoutLeave = false

  init(book: ExchangeBook, isSingleUse: Bool) {
    self.book = book
    self.isSingleUse = isSingleUse
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard case .head(let head) = unwrapOutboundIn(data) else {
      if isWithoutLeave {
        promise?.fail(ChannelError.ioOnClosedChannel)
      } else {
        context.write(data, promise: promise)
      }
      return
    }
    guard let granted = leave(for: head) else {
      isWithoutLeave = true
      promise?.fail(ChannelError.ioOnClosedChannel)
      context.close(promise: nil)
      return
    }
    uses += 1
    context.write(wrapOutboundOut(.head(granted)), promise: promise)
  }

  private func leave(for head: HTTPRequestHead) -> HTTPRequestHead? {
    guard !isSingleUse || uses == 0,
      let number = head.headers.first(name: Self.header).flatMap({ UInt64($0) }),
      let target = book.begin(ExchangeBook.Ticket(number: number))
    else { return nil }
    var granted = head
    granted.headers.remove(name: Self.header)
    granted.uri = target
    return granted
  }

  /// Puts a handler into a new connection. Where its place is not found, the connection fails, and
  /// nothing goes out past the book.
  static func install(
    in channel: any Channel, book: ExchangeBook, isSingleUse: Bool
  ) -> EventLoopFuture<Void> {
    channel.eventLoop.submit {
      let pipeline = channel.pipeline.syncOperations
      let encoder = try pipeline.handler(type: HTTPRequestEncoder.self)
      try pipeline.addHandler(
        ExchangeHandler(book: book, isSingleUse: isSingleUse), position: .after(encoder))
    }
  }
}
