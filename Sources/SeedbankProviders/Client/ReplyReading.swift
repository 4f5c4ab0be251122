/// Reads a whole reply, and keeps what has arrived of it if its connection breaks.
actor ReplyReading {
  private var head: ReplyHead?
  private var body: [UInt8] = []

  /// What came before the connection broke, if it is JSON that is complete by itself.
  var brokenReply: Reply? {
    guard let head else { return nil }
    let reply = Reply(status: head.status, headers: head.headers, body: body)
    return reply.isCompleteWithoutItsEnd ? reply : nil
  }

  /// Reads to the end.
  ///
  /// - Parameter limit: The largest body, in bytes.
  func read(_ exchange: HTTPExchange, limit: Int) async throws -> Reply {
    let head = try await exchange.head()
    self.head = head
    while let part = try await exchange.next() {
      guard body.count + part.count <= limit else {
        throw ExchangeFailure(isSent: true, cause: .tooLarge(limit: limit))
      }
      body += part
    }
    return Reply(status: head.status, headers: head.headers, body: body)
  }
}
