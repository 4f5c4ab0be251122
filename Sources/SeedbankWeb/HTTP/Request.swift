/// A whole request.
struct Request: Sendable {
  let head: RequestHead
  let body: [UInt8]
  /// Set when the client has closed the connection, so that work for it stops.
  let cancellation: Cancellation
}
