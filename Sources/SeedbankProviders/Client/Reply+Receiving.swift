extension Reply {
  /// Reads a whole reply into memory.
  init(_ exchange: HTTPExchange) async throws(ExchangeFailure) {
    let head = try await exchange.head()
    self.init(status: head.status, headers: head.headers, body: try await exchange.body())
  }

  /// Reads at most `limit` bytes of a reply's body within a time limit.
  init(
    _ head: ReplyHead, beginningOf exchange: HTTPExchange, limit: Int, within time: Duration
  ) async {
    exchange.limit(to: time)
    var body: [UInt8] = []
    while body.count < limit, let part = try? await exchange.next() { body += part }
    self.init(status: head.status, headers: head.headers, body: Array(body.prefix(limit)))
  }
}

extension Reply {
  /// Whether it is usable although its connection broke.
  ///
  /// JSON shows its own end, so only the framing around it is damaged, such as a wrong `Content-Length` or a
  /// missing last chunk.
  var isCompleteWithoutItsEnd: Bool {
    (200...299).contains(status) && ReplyContent(body).root != nil
  }
}

extension ReplyHeaders {
  /// The length of the body, if it is announced and valid for the decoded bytes.
  ///
  /// With chunks it is not used (RFC 9112, 6.3), and a compressed body has another length.
  var bodyLength: Int64? {
    guard self["Transfer-Encoding"] == nil, !isEncoded else { return nil }
    return self["Content-Length"].flatMap { Int64($0) }.flatMap { $0 >= 0 ? $0 : nil }
  }

  /// Whether the body is compressed.
  ///
  /// The field of some servers contains words that are not names of a compression, such as `aws-chunked` or
  /// `utf-8`. The body is then unchanged.
  var isEncoded: Bool {
    let names = self["Content-Encoding"]?.lowercased().split { ", \t".contains($0) } ?? []
    return names.contains { Self.codings.contains(String($0)) }
  }

  private static let codings: Set<String> = ["gzip", "x-gzip", "deflate", "br", "zstd"]
}
