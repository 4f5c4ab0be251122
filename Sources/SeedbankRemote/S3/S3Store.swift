import FilePaths
import SeedbankModel
import SeedbankProviders
import SeedbankStorage

/// A remote in a bucket of S3, or of a service with the same protocol.
struct S3Store: RemoteStore {
  private let location: S3Location
  private let signer: S3Signer
  private let client: WebClient
  private let retry: Retry
  private let now: @Sendable () -> Timestamp
  /// With the scheme, without a slash at the end.
  private let origin: String
  private let host: String
  /// Percent-encoded: what comes before a key in the path.
  private let base: String

  /// Files above this size are sent in parts, which the service can receive again one by one.
  static let multipartAbove: Int64 = 64 << 20
  static let partSize: Int64 = 16 << 20
  private static let replyLimit = 4 << 20
  /// While a service puts the parts of an object together, which takes minutes, it sends only white space.
  private static let completionTime = Duration.seconds(900)

  init(
    _ location: S3Location, _ environment: S3Environment, network: NetworkSettings,
    pace: TransferPace, now: @escaping @Sendable () -> Timestamp, retry: Retry
  ) throws(RemoteError) {
    self.location = location
    self.now = now
    self.retry = retry
    let region = location.region ?? environment.region ?? "us-east-1"
    signer = S3Signer(credentials: environment.credentials, region: region)
    client = WebClient(
      network: network, connectionsPerHost: pace.jobs, bytesPerSecond: pace.bytesPerSecondEach)
    let endpoint = location.endpoint ?? "https://s3.\(region).amazonaws.com"
    let parts = endpoint.split(separator: "://", maxSplits: 1)
    origin =
      location.usesPath || parts.count != 2
      ? endpoint : "\(parts[0])://\(location.bucket).\(parts[1])"
    guard let host = WebClient.host(of: origin) else {
      throw .badAddress(endpoint, reason: .endpoint)
    }
    self.host = host
    let path = (location.usesPath ? [location.bucket] : []) + [location.prefix]
    base = "/" + path.filter { !$0.isEmpty }.map { $0 + "/" }.joined()
  }

  func close() async { await client.shutdown() }

  // MARK: Objects

  func list(
    _ folder: String, after: String?, take: @Sendable ([StoredObject]) throws -> Void
  ) async throws {
    let prefix = location.prefix.isEmpty ? "" : location.prefix + "/"
    var continuation: String?
    var progress = ListingProgress()
    repeat {
      var query = [("list-type", "2"), ("max-keys", "1000"), ("prefix", prefix + folder)]
      if let continuation {
        query.append(("continuation-token", continuation))
      } else if let after {
        query.append(("start-after", prefix + after))
      }
      let reply = try await send(
        bucketPath, query: query, limit: Self.replyLimit, allowing: [200])
      guard let page = S3Listing(reply.body, prefix: prefix) else { throw RemoteError.badReply }
      guard progress.goesOn(with: page) else { throw RemoteError.badReply }
      // Not every service supports `start-after`.
      try take(page.objects.filter { object in after.map { object.key > $0 } ?? true })
      continuation = page.continuation
    } while continuation != nil
  }

  func object(_ key: String) async throws -> StoredObject? {
    // The length that a reply to HEAD announces is that of the object.
    let reply = try await send(path(key), .head, limit: .max, allowing: [200, 404])
    guard reply.status == 200 else { return nil }
    guard let size = reply.headers["Content-Length"].flatMap({ Int64($0) }) else {
      throw RemoteError.badReply
    }
    return StoredObject(key: key, size: size, version: reply.headers["ETag"] ?? "")
  }

  func read(_ key: String, limit: Int) async throws -> [UInt8]? {
    // The body of a 404 must fit into the limit too.
    let reply = try await send(
      path(key), limit: max(limit, 16 << 10), allowing: [200, 404], key: key)
    guard reply.status == 200 else { return nil }
    guard reply.body.count <= limit else { throw RemoteError.tooLarge(key: key, limit: limit) }
    return reply.body
  }

  func download(
    _ key: String, limit: Int64, take: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws -> Bool {
    // Bytes that were passed on cannot be taken back, so only the caller can try again.
    let request = signed(nil, path(key), [], body: nil)
    let reply = try await failing { try await client.download(request) { try take($0) } }
    if reply.status == 404 { return false }
    try Self.check(reply, allowing: [200])
    return true
  }

  func write(_ bytes: [UInt8], to key: String) async throws {
    _ = try await send(
      path(key), .put, body: Payload(bytes), limit: Self.replyLimit, allowing: [200])
  }

  func create(_ bytes: [UInt8], at key: String) async throws -> Bool {
    // Not every service knows the condition, and some ignore it.
    guard try await object(key) == nil else { return false }
    // 412: the object exists. 409: another request creates it at this moment.
    let reply = try await send(
      path(key), .put, body: Payload(bytes), headers: [(name: "If-None-Match", value: "*")],
      limit: Self.replyLimit, allowing: [200, 400, 409, 412, 501])
    switch reply.status {
    case 400, 501: try await write(bytes, to: key)
    case 409, 412: return false
    default: break
    }
    return true
  }

  func upload(_ file: FilePath, _ content: FileContent, to key: String) async throws {
    if content.size > Self.multipartAbove { return try await uploadParts(file, content, to: key) }
    guard content.size > 0 else {
      guard content.digest == Digest(of: [UInt8]()) else { throw DamagedFile(path: file) }
      return try await write([], to: key)
    }
    let sent = try await BlockingWork.run { try SentFile(file, content) }
    _ = try await send(
      path(key), .put, body: Payload(sent, content), limit: Self.replyLimit, allowing: [200])
  }

  func remove(_ key: String) async throws {
    _ = try await send(path(key), .delete, limit: Self.replyLimit, allowing: [200, 204, 404])
  }

  // MARK: Parts

  private func uploadParts(
    _ path: FilePath, _ content: FileContent, to key: String
  ) async throws {
    guard let file = await BlockingWork.run({ try? OpenFile(path) }) else {
      throw DamagedFile(path: path)
    }
    let begun = try await send(
      self.path(key), query: [("uploads", "")], body: Payload([]), limit: Self.replyLimit,
      allowing: [200])
    guard let id = S3Listing.value("UploadId", in: begun.body) else { throw RemoteError.badReply }
    do {
      let tags = try await sendParts(of: file, content, to: key, upload: id)
      var xml = "<CompleteMultipartUpload>"
      for (index, tag) in tags.enumerated() {
        xml += "<Part><PartNumber>\(index + 1)</PartNumber><ETag>\(tag)</ETag></Part>"
      }
      xml += "</CompleteMultipartUpload>"
      let reply = try await send(
        self.path(key), query: [("uploadId", id)], body: Payload(Array(xml.utf8)),
        limit: Self.replyLimit, allowing: [200], totalTime: Self.completionTime)
      // The status is sent before the parts are put together.
      if String(decoding: reply.body, as: UTF8.self).contains("<Error>") {
        throw RemoteError.refused(status: 200, code: S3Listing.errorCode(reply.body))
      }
    } catch {
      _ = try? await send(
        self.path(key), .delete, query: [("uploadId", id)], limit: Self.replyLimit,
        allowing: [200, 204, 404])
      throw error
    }
  }

  /// Each part is hashed before it is sent, and refused by the service if it changed since then.
  ///
  /// With the last part, the digest of the whole file is known.
  private func sendParts(
    of file: OpenFile, _ content: FileContent, to key: String, upload id: String
  ) async throws -> [String] {
    var tags: [String] = []
    var whole = RunningDigest()
    for offset in stride(from: 0, to: content.size, by: Int(Self.partSize)) {
      let range = FileRange(
        file: file, offset: offset, count: min(Self.partSize, content.size - offset))
      let digest: Digest
      do {
        (digest, whole) = try await BlockingWork.run { [whole] in
          var (part, all) = (RunningDigest(), whole)
          try range.forEachPiece { piece in
            part.update(piece)
            all.update(piece)
          }
          return (part.value, all)
        }
      } catch is RemoteError {
        throw DamagedFile(path: file.path)
      }
      guard offset + range.count < content.size || whole.value == content.digest else {
        throw DamagedFile(path: file.path)
      }
      let reply = try await send(
        path(key), .put, query: [("partNumber", "\(tags.count + 1)"), ("uploadId", id)],
        body: Payload(body: range.body, digest: digest), limit: Self.replyLimit, allowing: [200])
      let tag = reply.headers["ETag"] ?? ""
      guard !tag.isEmpty, tag.utf8.allSatisfy({ $0 != 0x3C && $0 != 0x26 }) else {
        throw RemoteError.badReply
      }
      tags.append(tag)
    }
    return tags
  }

  // MARK: Requests

  /// The body of a request with its digest, which is signed.
  struct Payload: Sendable {
    let body: WebClient.Body
    let digest: Digest

    /// The file that is hashed while it is sent.
    private(set) var file: SentFile?

    init(_ bytes: [UInt8]) { self.init(body: .bytes(bytes), digest: Digest(of: bytes)) }

    init(_ file: SentFile, _ content: FileContent) {
      self.init(body: file.body, digest: content.digest)
      self.file = file
    }

    init(body: WebClient.Body, digest: Digest) {
      self.body = body
      self.digest = digest
    }
  }

  var bucketPath: String {
    location.usesPath ? "/\(location.bucket)" : "/"
  }

  private func path(_ key: String) -> String {
    base + S3Signer.encoded(key, keepsSlashes: true)
  }

  func send(
    _ path: String, _ method: HTTPMethod? = nil, query: [(String, String)] = [],
    body: Payload? = nil, headers: [(name: String, value: String)] = [], limit: Int,
    allowing: Set<Int>, key: String = "", totalTime: Duration? = nil
  ) async throws -> Reply {
    try await retry {
      let request = signed(
        method, path, query, body: body, extra: headers, totalTime: totalTime)
      let reply: Reply
      do {
        reply = try await failing { try await client.reply(to: request, limit: limit) }
      } catch RemoteError.tooLarge {
        throw RemoteError.tooLarge(key: key, limit: limit)
      } catch {
        // The request ended because its body did.
        throw body?.file?.damage ?? error
      }
      try Self.check(reply, allowing: allowing)
      return reply
    }
  }

  private func signed(
    _ method: HTTPMethod?, _ path: String, _ query: [(String, String)], body: Payload?,
    extra: [(name: String, value: String)] = [], totalTime: Duration? = nil
  ) -> WebClient.Request {
    let name = method?.rawValue ?? (body == nil ? "GET" : "POST")
    var headers = signer.headers(
      method: name, host: host, path: path, query: query,
      payload: body?.digest ?? Digest(of: [UInt8]()), extra: extra, at: now())
    headers.append((name: "User-Agent", value: "seedbank"))
    if body != nil { headers.append((name: "Content-Type", value: "application/octet-stream")) }
    let text = query.isEmpty ? "" : "?" + S3Signer.queryText(query)
    return WebClient.Request(
      method, url: origin + path + text, headers: headers, body: body?.body, totalTime: totalTime)
  }

  private func failing<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch let failure as WebFailure {
      switch failure {
      case .badAddress: throw RemoteError.badReply
      case .connection(let fault): throw RemoteError.unreachable(fault)
      case .timedOut: throw RemoteError.timedOut
      case .cancelled: throw CancellationError()
      case .tooLarge(let limit): throw RemoteError.tooLarge(key: "", limit: limit)
      }
    }
  }

  private static func check(_ reply: Reply, allowing: Set<Int>) throws {
    if allowing.contains(reply.status) { return }
    let code = S3Listing.errorCode(reply.body)
    if reply.status >= 500 || reply.status == 429 || code == "SlowDown" || code == "RequestTimeout"
    {
      throw RemoteError.unavailable(status: reply.status)
    }
    throw RemoteError.refused(status: reply.status, code: code)
  }
}
