/// What a connection does instead of transferring a complete reply.
package enum ConnectionFault: String, Codable, CaseIterable, Sendable {
  /// Closed as soon as it is accepted, before anything is read. Only on `connection`.
  case closeAtOnce
  /// Reset as soon as it is accepted. Only on `connection`.
  case resetAtOnce
  /// Closed when the request's header has been read; its body is not. Never charged.
  case closeAfterHeaders
  /// Closed when the whole request has been read, without a reply. A submit is charged.
  case closeAfterRequest
  /// Reset when the whole request has been read, without a reply. A submit is charged.
  case resetAfterRequest
  /// The request is read and never answered. A submit is charged.
  case stall
  /// The reply announces its length, but ends after half of it. A submit is charged.
  case cutReply
  /// The reply ends within its own header. A submit is charged.
  case cutHeaders
  /// The reply is not HTTP: its body comes without a header. A submit is charged.
  case withoutHeader
  /// A good reply that promises to keep the connection, which is then closed.
  case closeAfterReply
}
