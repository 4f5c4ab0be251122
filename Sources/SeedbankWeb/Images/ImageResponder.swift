import NIOCore
import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// Answers with image files and thumbnails.
///
/// Both never change, since their names are digests, except thumbnails that came from a remote. A damaged file is sent
/// too, but not as one that never changes.
final class ImageResponder: Sendable {
  let colors: PlaceholderColors
  private let readers: LibraryPool
  private let store: ThumbnailStore
  private let queue: ThumbnailQueue

  init(_ readers: LibraryPool, _ pool: WorkPool) throws {
    let folder = try readers.use(\.folder)
    let colors = PlaceholderColors(folder)
    let store = ThumbnailStore(folder, colors)
    self.colors = colors
    self.readers = readers
    self.store = store
    queue = ThumbnailQueue(pool) { key in
      let (image, generations) = try readers.use { library in
        (try library.cataloguedFile(key.digest), try library.generations(showing: key.digest))
      }
      guard let image else { throw APIError.notFound }
      return try store.make(key.digest, size: key.size, of: image, generations)
    }
  }

  func image(
    _ digest: Digest, _ head: RequestHead, on loop: any EventLoop, _ pool: WorkPool
  ) -> EventLoopFuture<Response> {
    pool.run(on: loop) { [readers, store] in
      guard let image = try readers.use({ try $0.cataloguedFile(digest) }) else {
        throw APIError.notFound
      }
      guard let file = OpenFile(store.folder.absolutePath(of: image)) else {
        throw APIError.imageMissing
      }
      // A browser would show a damaged file for a year, also after it is restored.
      let isWhole = file.size == image.bytes
      let tag = isWhole ? digest.hex : "\(digest.hex)-\(file.size)"
      return Self.response(
        file, Self.mediaType(of: image.format), tag: "\"\(tag)\"", head, isFinal: isWhole)
    }
  }

  func thumbnail(
    _ digest: Digest, size: Int, _ request: Request, on loop: any EventLoop, _ pool: WorkPool
  ) -> EventLoopFuture<Response> {
    let head = request.head
    let tag = "\"\(digest.hex)-\(size)\""
    guard ThumbnailStore.sizes.contains(size) else {
      let sizes = ThumbnailStore.sizes.map(String.init).joined(separator: ", ")
      return loop.makeFailedFuture(APIError.badParameter("size", "one of \(sizes)"))
    }
    return pool.run(on: loop) { [readers, store] () -> Response? in
      // Checked first, so that the thumbnail of a deleted image is not shown.
      guard let image = try readers.use({ try $0.cataloguedFile(digest) }) else {
        throw APIError.notFound
      }
      if let stored = store.open(digest, size: size) {
        return Self.response(stored, "image/jpeg", tag: tag, head)
      }
      guard image.place == .remote, let received = store.openReceived(digest) else { return nil }
      // It is replaced when the image is downloaded.
      return Self.response(
        received, "image/jpeg", tag: "\"\(digest.hex)-received\"", head, isFinal: false)
    }.flatMap { [queue] stored in
      if let stored { return loop.makeSucceededFuture(stored) }
      let key = ThumbnailQueue.Key(digest: digest, size: size)
      return queue.thumbnail(key, for: request.cancellation, on: loop).map { bytes in
        Response(status: 200, fields: Self.fields("image/jpeg", tag), body: .bytes(bytes))
      }
    }
  }

  /// The file, its requested part, or the reply that the client already has it.
  private static func response(
    _ file: OpenFile, _ mediaType: String, tag: String, _ head: RequestHead, isFinal: Bool = true
  ) -> Response {
    var fields = fields(mediaType, tag, isFinal: isFinal)
    if EntityTag.matches(tag, head["if-none-match"]) {
      return Response(status: 304, fields: fields)
    }
    let isSame = head["if-range"].map { $0 == tag } ?? true
    switch ByteRange(isSame ? head["range"] : nil, size: file.size) {
    case .whole: return Response(status: 200, fields: fields, body: .file(file, 0..<file.size))
    case .part(let range):
      fields.append(
        ("Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)"))
      return Response(status: 206, fields: fields, body: .file(file, range))
    case .unsatisfiable:
      var response = Response.error(
        416, ErrorWords(code: "bad_range", message: "the range is beyond the end of the file"))
      response.fields.append(("Content-Range", "bytes */\(file.size)"))
      return response
    }
  }

  private static func fields(
    _ mediaType: String, _ tag: String, isFinal: Bool = true
  ) -> [(name: String, value: String)] {
    [
      ("Content-Type", mediaType), ("ETag", tag), ("Accept-Ranges", "bytes"),
      ("Cache-Control", isFinal ? "private, max-age=31536000, immutable" : "private, no-cache"),
    ]
  }

  private static func mediaType(of format: String) -> String {
    switch ImageKind(rawValue: format) {
    case .ico: "image/x-icon"
    case let kind?: "image/" + kind.rawValue
    case nil: "application/octet-stream"
    }
  }
}
