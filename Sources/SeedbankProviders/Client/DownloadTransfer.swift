import Synchronization

/// Passes the body of one download to the sink.
final class DownloadTransfer: Sendable {
  private struct State {
    var received: Int64 = 0
    var expected: Int64?
  }

  private let limit: Int64
  private let state = Mutex(State())

  init(limit: Int64) {
    self.limit = limit
  }

  /// Bytes received in this exchange.
  var received: Int64 { state.withLock { $0.received } }

  func run(
    _ start: DownloadStart, _ head: ReplyHead, _ exchange: HTTPExchange,
    to sink: some DownloadSink
  ) async throws -> Download {
    let expected = start.length.map { $0 - start.offset } ?? head.headers.bodyLength
    state.withLock { $0.expected = expected }
    do {
      try await sink.begin(start)
    } catch {
      throw SinkFailure(error: error)
    }
    while let chunk = try await exchange.next() {
      let received = state.withLock { state in
        state.received += Int64(chunk.count)
        return state.received
      }
      guard start.offset + received <= limit else { throw DownloadError.tooLarge(limit: limit) }
      do {
        try await sink.write(chunk)
      } catch {
        throw SinkFailure(error: error)
      }
    }
    if let expected, received != expected {
      throw DownloadError.shortBody(expected: expected, received: received)
    }
    return Download(start: start, length: start.offset + received)
  }

  /// Returns the download error for a failed exchange, in which a part of the image may have arrived.
  func error(for cause: ExchangeFailure.Cause) -> DownloadError {
    let state = state.withLock { $0 }
    switch cause {
    case .connection(.closed) where state.received > 0 || state.expected != nil:
      return .shortBody(expected: state.expected, received: state.received)
    case .connection(let fault): return .connection(fault)
    case .timedOut: return .stalled
    case .cancelled: return .cancelled
    case .tooLarge: return .tooLarge(limit: limit)
    }
  }
}

/// Wraps an error of a sink, to distinguish it from network errors.
struct SinkFailure: Error {
  let error: any Error
}
