import AsyncHTTPClient
import NIOCore
import NIOHTTP1

extension Reply {
  /// Reads a whole reply into memory.
  ///
  /// - Throws: ``ReplyLimitExceeded`` beyond `limit` bytes, and the HTTP library's errors.
  init(_ response: HTTPClientResponse, limit: Int) async throws {
    let headers = ReplyHeaders(response.headers)
    if let announced = headers.contentLength, announced > Int64(limit) {
      throw ReplyLimitExceeded(limit: limit)
    }
    var body: [UInt8] = []
    body.reserveCapacity(Int(min(headers.contentLength ?? 0, 1 << 20)))
    for try await chunk in response.body {
      guard body.count + chunk.readableBytes <= limit else {
        throw ReplyLimitExceeded(limit: limit)
      }
      body.append(contentsOf: chunk.readableBytesView)
    }
    // A cancelled wait for more must not pass for the end.
    try Task.checkCancellation()
    self.init(status: Int(response.status.code), headers: headers, body: body)
  }

  /// With the key crossed out wherever the gateway echoes it.
  func redacting(_ key: APIKey) -> Reply {
    Reply(status: status, headers: headers, body: key.redacted(in: body))
  }
}

extension ReplyHeaders {
  init(_ headers: HTTPHeaders) {
    self.init(headers.map { (name: $0.name, value: $0.value) })
  }

  var contentLength: Int64? {
    self["Content-Length"].flatMap { Int64($0) }.flatMap { $0 >= 0 ? $0 : nil }
  }
}
