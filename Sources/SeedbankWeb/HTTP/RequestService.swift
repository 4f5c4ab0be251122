import NIOCore

/// Answers the requests of connections.
protocol RequestService: Sendable {
  /// Returns the response if the head is sufficient; nil to read the body.
  ///
  /// - Parameter isOwnUser: whether the client is a program of the user who runs the server.
  func admission(of head: RequestHead, isOwnUser: () -> Bool) -> Response?
  func respond(to request: Request, on loop: any EventLoop) -> EventLoopFuture<Response>
  /// Reads a piece of a file off the event loop.
  func read(
    _ file: OpenFile, at offset: Int64, count: Int, on loop: any EventLoop
  ) -> EventLoopFuture<[UInt8]>
  /// Calls `deliver` with the text of events until the subscription is cancelled; nil if the server stops.
  func subscribe(
    after number: Int64?, deliver: @escaping @Sendable (String) -> Void
  ) -> EventSubscription?
  /// Returns the time in the form of HTTP.
  func date() -> String
}
