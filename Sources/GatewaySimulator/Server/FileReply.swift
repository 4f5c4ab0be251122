import NIOHTTP1

/// A file to be sent, and the form of sending.
struct FileReply {
  var status = 200
  var headers: [(name: String, value: String)]
  var body: ArraySlice<UInt8>
  var transfer: Transfer
  var connection: ConnectionFault?
  var keepAlive: Bool
  var now: Double

  /// The offset of a fault.
  var cut: ArraySlice<UInt8> { body.prefix(transfer.after ?? body.count / 2) }

  init(
    _ picture: Picture, for call: Call, _ directive: Directive, _ keepAlive: Bool,
    from cache: ImageCache
  ) throws {
    let file = try cache.file(picture)
    transfer = directive.behaviour.transfer ?? Transfer()
    connection = directive.behaviour.connection
    self.keepAlive = keepAlive
    now = directive.now
    body = file[...]
    // The address ends with .jpg, and the type matches it, whatever the bytes are.
    headers = [("Content-Type", "image/jpeg")]
    switch transfer.fault {
    case .wrongType: headers = [("Content-Type", "text/plain; charset=utf-8")]
    case .page:
      headers = [("Content-Type", "text/html")]
      body = Answer.page(titled: "Your file is ready")[...]
    case .withoutEnd: body = body.prefix(transfer.after ?? file.count - 2)
    case .empty: body = []
    case .gif: body = ForeignImage.gif[...]
    case .avif: body = ForeignImage.avif[...]
    case .heic: body = ForeignImage.heic[...]
    case .tiff: body = ForeignImage.tiff[...]
    case .bmp: body = ForeignImage.bmp[...]
    case .leadingBytes: body = (Array("\r\n".utf8) + file)[...]
    case .trailingBytes: body = (file + Array("\r\n".utf8))[...]
    default: applyRange(call.headers, of: file)
    }
  }

  private mutating func applyRange(_ request: HTTPHeaders, of file: [UInt8]) {
    guard transfer.ranges ?? true else { return }
    let tag = "\"\(Digest64().adding(file).hexadecimal)\""
    headers += [("Accept-Ranges", "bytes"), ("ETag", tag)]
    if let condition = request.first(name: "If-Range"), condition != tag { return }
    guard let text = request.first(name: "Range"), text.hasPrefix("bytes=") else { return }
    let ends = text.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let first = Int(ends[0]) else { return }
    let last = min(Int(ends[1]) ?? file.count - 1, file.count - 1)
    guard first <= last else {
      status = 416
      body = []
      headers.append(("Content-Range", "bytes */\(file.count)"))
      return
    }
    status = 206
    body = file[first...last]
    headers.append(("Content-Range", "bytes \(first)-\(last)/\(file.count)"))
  }
}
