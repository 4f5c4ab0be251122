import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// Why an exchange came to no reply.
struct ExchangeFailure: Error {
  /// Whether a byte of the request may have left.
  let isSent: Bool
  let cause: Cause

  enum Cause: Equatable {
    case connection(ConnectionFault)
    /// The reply, or the next part of it, did not come in time.
    case timedOut
    case cancelled
    case tooLarge(limit: Int)
  }

  /// Sorts the HTTP library's errors; others, which come from reading the reply, are passed on.
  static func from(_ error: any Error, isSent: Bool, isCancelled: Bool) -> any Error {
    if isCancelled { return ExchangeFailure(isSent: isSent, cause: .cancelled) }
    switch error {
    case let limit as ReplyLimitExceeded:
      return ExchangeFailure(isSent: true, cause: .tooLarge(limit: limit.limit))
    case is TimeLimitExceeded:
      return ExchangeFailure(isSent: isSent, cause: .timedOut)
    case let error as HTTPClientError where error == .readTimeout || error == .deadlineExceeded:
      return ExchangeFailure(isSent: isSent, cause: .timedOut)
    default:
      guard let fault = ConnectionFault(error) else { return error }
      return ExchangeFailure(isSent: isSent, cause: .connection(fault))
    }
  }
}

/// A reply went on beyond what is read.
struct ReplyLimitExceeded: Error {
  let limit: Int
}

extension ConnectionFault {
  /// Nil for an error that is none of a connection.
  init?(_ error: any Error) {
    switch error {
    case let error as HTTPClientError:
      self = Self.library(error)
    case let error as NIOConnectionError:
      self = Self.connecting(error)
    case let error as IOError:
      self = Self.system(error.errnoCode)
    case let error as ChannelError:
      self = if case .connectTimeout = error { .timedOut } else { .closed }
    case let error as HTTPParserError:
      self = error == .invalidEOFState ? .closed : .badReply
    default:
      let name = String(reflecting: type(of: error))
      // The TLS library's errors have no type in common, and it is not among our dependencies.
      if name.hasPrefix("NIOSSL.") {
        self = .tls
      } else if name.hasPrefix("NIO") || name.hasPrefix("AsyncHTTPClient.") {
        self = .other
      } else {
        return nil
      }
    }
  }

  private static func library(_ error: HTTPClientError) -> ConnectionFault {
    switch error {
    case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout: .timedOut
    case .remoteConnectionClosed, .uncleanShutdown, .requestStreamCancelled: .closed
    case .alreadyShutdown, .cancelled: .shutDown
    default: .other
    }
  }

  private static func connecting(_ error: NIOConnectionError) -> ConnectionFault {
    let tries = error.connectionErrors
    if tries.isEmpty { return .notResolved }
    let faults = tries.compactMap { ConnectionFault($0.error) }
    return faults.first { $0 != .other } ?? .other
  }

  private static func system(_ number: CInt) -> ConnectionFault {
    switch number {
    case ECONNREFUSED: .refused
    case ETIMEDOUT: .timedOut
    case ECONNRESET, EPIPE, ECONNABORTED, ENOTCONN, EBADF: .closed
    default: .other
    }
  }
}
