import FoundationEssentials

/// Interprets the head of a reply to a download.
enum DownloadReply: Equatable {
  case begins(DownloadStart)
  case redirect(location: String?)

  /// - Throws: ``DownloadError`` for a reply without an image.
  static func read(
    _ reply: Reply, resuming: Resumption?, limit: Int64, at now: Date
  ) throws(DownloadError) -> DownloadReply {
    let pause = RetryAfter.read(reply, message: .none, at: now)
    switch reply.status {
    case 200:
      return .begins(try start(0, length: reply.headers.bodyLength, reply, limit))
    case 206:
      // A range of a compressed body counts compressed bytes, not the stored ones.
      guard let resuming, !reply.headers.isEncoded,
        let range = ContentRange(reply.headers["Content-Range"]),
        range.first == resuming.offset
      else { throw .rangeRefused(length: ContentRange(reply.headers["Content-Range"])?.length) }
      return .begins(try start(range.first ?? 0, length: range.length, reply, limit))
    case 301, 302, 303, 307, 308:
      return .redirect(location: reply.headers["Location"])
    case 400, 401, 403, 404, 410:
      throw ImageRefusal.isExpired(reply)
        ? .expired(status: reply.status)
        : .notAvailable(status: reply.status, retryAfter: pause)
    case 416:
      throw .rangeRefused(length: ContentRange(reply.headers["Content-Range"])?.length)
    case 429:
      throw .throttled(retryAfter: pause)
    case 500...599:
      throw .server(status: reply.status, retryAfter: pause)
    default:
      throw .unexpectedStatus(reply.status)
    }
  }

  private static func start(
    _ offset: Int64, length: Int64?, _ reply: Reply, _ limit: Int64
  ) throws(DownloadError) -> DownloadStart {
    if let length, length > limit { throw .tooLarge(limit: limit) }
    // A weak ETag means the same image, but not the same bytes.
    let tag = reply.headers["ETag"].flatMap { $0.hasPrefix("\"") ? $0 : nil }
    return DownloadStart(
      offset: offset, length: length, validator: tag ?? reply.headers["Last-Modified"],
      contentType: reply.headers["Content-Type"].flatMap { PrintableText.clean($0, limit: 100) })
  }
}

/// `bytes 100-199/200`, `bytes 100-199/*` or `bytes */200` (RFC 9110, 14.4).
struct ContentRange: Equatable {
  let first: Int64?
  let length: Int64?

  init?(_ text: String?) {
    guard let text = text?.lowercased(), text.hasPrefix("bytes ") else { return nil }
    let parts = text.dropFirst("bytes ".count).split(separator: "/")
    guard parts.count == 2 else { return nil }
    let ends = parts[0].split(separator: "-", omittingEmptySubsequences: false)
    first = ends.count == 2 ? Int64(ends[0]) : nil
    length = Int64(parts[1])
  }
}
