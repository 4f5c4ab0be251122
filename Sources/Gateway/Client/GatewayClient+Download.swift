import AsyncHTTPClient
import NIOCore
import NIOHTTP1

extension GatewayClient {
  /// Downloads an image into a sink, in constant memory.
  ///
  /// The URL is asked for as it was given, without key or cookies. Redirects are followed here, at
  /// most ``GatewaySettings/redirectLimit`` of them. The length is checked against what was announced;
  /// whether the bytes are an image is the caller's to see.
  ///
  /// - Parameter resumption: Asks to go on where an earlier download ended; see
  ///   ``DownloadStart/offset`` for whether the server did.
  /// - Throws: ``DownloadError``, or what the sink throws.
  public func download(
    _ link: ImageLink, resuming resumption: Resumption? = nil, to sink: some DownloadSink
  ) async throws -> Download {
    let policy = DownloadPolicy(isGatewayLoopback: address.isLoopback)
    var next: WebAddress
    do throws(WebAddressError) {
      next = try WebAddress(link.url)
    } catch {
      throw DownloadError.badAddress(error)
    }
    try policy.check(next)
    for _ in 0...max(settings.redirectLimit, 0) {
      switch try await get(next, resuming: resumption, to: sink) {
      case .done(let download): return download
      case .redirect(let location): next = try policy.redirect(from: next, to: location)
      }
    }
    throw DownloadError.redirectRefused(.tooMany(limit: settings.redirectLimit))
  }

  private enum Step {
    case done(Download)
    case redirect(location: String?)
  }

  private func get(
    _ address: WebAddress, resuming resumption: Resumption?, to sink: some DownloadSink
  ) async throws -> Step {
    let resumption = resumption.flatMap { $0.offset > 0 ? $0 : nil }
    let request = Transport.Request(
      address: address, method: .GET, headers: Self.headers(resumption), body: nil)
    let transfer = DownloadTransfer(limit: settings.imageLimit)
    let (limit, now) = (settings.imageLimit, now)
    do {
      return try await transport.exchange(
        request, on: .pooled, within: settings.downloadTimeout
      ) { response in
        // An image comes with 200 or 206. Another reply's first bytes may say why there is none.
        let status = Int(response.status.code)
        let head = Reply(
          status: status, headers: ReplyHeaders(response.headers),
          body: status >= 400 ? await Self.beginning(of: response.body) : [])
        do {
          switch try DownloadReply.read(head, resuming: resumption, limit: limit, at: now()) {
          case .begins(let start):
            return .done(try await transfer.run(start, head, response.body, to: sink))
          case .redirect(let location):
            await Self.drain(response.body)
            return .redirect(location: location)
          }
        } catch let error as DownloadError {
          if transfer.received == 0, status < 400 { await Self.drain(response.body) }
          throw error
        }
      }
    } catch let failure as ExchangeFailure {
      throw transfer.error(for: failure.cause)
    } catch let failure as SinkFailure {
      throw failure.error
    }
  }

  private static func headers(_ resumption: Resumption?) -> [(String, String)] {
    // A compressed image would have another length than the one announced.
    var headers = [
      ("Accept", "image/*"), ("Accept-Encoding", "identity"), ("User-Agent", userAgent),
    ]
    guard let resumption else { return headers }
    headers.append(("Range", "bytes=\(resumption.offset)-"))
    if let validator = resumption.validator { headers.append(("If-Range", validator)) }
    return headers
  }

  /// The first bytes of a body, as far as they come at once; the rest is left.
  private static func beginning(of body: HTTPClientResponse.Body) async -> [UInt8] {
    let bytes = try? await withTimeLimit(.seconds(5)) {
      var bytes: [UInt8] = []
      for try await chunk in body {
        bytes += chunk.readableBytesView.prefix(ImageRefusal.bodyLimit - bytes.count)
        if bytes.count >= ImageRefusal.bodyLimit { break }
      }
      return bytes
    }
    return bytes ?? []
  }

  /// Reads a short body that nobody wants, so that its connection can be used again; one that does
  /// not come at once is dropped together with its connection.
  private static func drain(_ body: HTTPClientResponse.Body) async {
    _ = try? await withTimeLimit(.seconds(1)) { try await body.collect(upTo: 65_536) }
  }
}
