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
      let stated = ContentRange(reply.headers["Content-Range"])
      guard !reply.headers.isEncoded, let range = stated else {
        throw .rangeRefused(length: stated?.length)
      }
      guard let resuming else {
        // Some caches answer a request without a range with status 206 and the whole file.
        guard range.isWhole else { throw .rangeRefused(length: range.length) }
        return .begins(try start(0, length: range.length, reply, limit))
      }
      guard range.first == resuming.offset else { throw .rangeRefused(length: range.length) }
      guard !isOfAnotherFile(reply, than: resuming) else { throw .rangeRefused(length: nil) }
      return .begins(try start(resuming.offset, length: range.length, reply, limit))
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

  /// Whether a range belongs to another version of the file than the stored bytes: some servers ignore
  /// `If-Range` (RFC 9110, 15.3.7.3).
  private static func isOfAnotherFile(_ reply: Reply, than resuming: Resumption) -> Bool {
    guard let known = resuming.validator else { return false }
    let stated = reply.headers[known.hasPrefix("\"") ? "ETag" : "Last-Modified"]
    return stated.map { $0 != known } ?? false
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
///
/// A range that begins at or after the end of its file is not valid.
struct ContentRange: Equatable {
  let first: Int64?
  let last: Int64?
  let length: Int64?

  /// Whether the range is the whole file.
  var isWhole: Bool {
    guard let last, let length else { return false }
    return first == 0 && last == length - 1
  }

  init?(_ text: String?) {
    guard let text = text?.lowercased(), text.hasPrefix("bytes ") else { return nil }
    let parts = text.dropFirst("bytes ".count).split(separator: "/")
    guard parts.count == 2 else { return nil }
    let ends = parts[0].split(separator: "-", omittingEmptySubsequences: false)
    first = ends.count == 2 ? Self.number(ends[0]) : nil
    last = ends.count == 2 ? Self.number(ends[1]) : nil
    length = Self.number(parts[1])
    if first == nil, parts[0] != "*" { return nil }
    if length == nil, parts[1] != "*" { return nil }
    if let first, let length, length <= first { return nil }
  }

  /// Only digits: `Int64` would also read a sign.
  private static func number(_ text: Substring) -> Int64? {
    text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      ? Int64(text) : nil
  }
}
