import NIOCore

extension Connection {
  /// Sends a file, with or without a fault.
  func send(_ file: FileReply, _ parts: inout Parts) async throws -> Outcome {
    let broken = Outcome(status: file.status)
    if file.connection == .cutHeaders {
      try await write(ByteBuffer(string: "HTTP/1.1 \(file.status) OK\r\nContent-Le"))
      return broken
    }
    if file.connection == .withoutHeader {
      try await write(ByteBuffer(bytes: file.body))
      return broken
    }
    switch file.connection == .cutReply ? .shortBody : file.transfer.fault {
    case .shortBody?:
      try await start(file, .length(file.body.count), then: file.cut)
    case .reset?:
      try await start(file, .length(file.body.count), then: file.cut)
      try await armReset()
    case .stall?:
      try await start(file, .length(file.body.count), then: file.cut)
      try await outlast(&parts)
    case .trickle?:
      try await start(file, .length(file.body.count))
      try await trickle(file.body, bytesPerSecond: file.transfer.bytesPerSecond ?? 4096)
      return Outcome(status: file.status, keepAlive: file.keepAlive)
    case .chunked?:
      try await start(file, .chunked)
      for chunk in file.body.pieces(of: 16_384) { try await write(Wire.chunk(chunk)) }
      try await write(Wire.lastChunk)
      return Outcome(status: file.status, keepAlive: file.keepAlive)
    case .cutChunk?:
      try await start(file, .chunked)
      try await write(Wire.chunk(file.cut, announcing: file.body.count))
    case .unframed?: try await start(file, .none, then: file.body)
    case .unframedCut?: try await start(file, .none, then: file.cut)
    case .endless?:
      try await start(file, .chunked)
      try await write(Wire.chunk(file.body))
      let chunk = Wire.chunk([UInt8](repeating: 0, count: 65_536)[...])
      while !Task.isCancelled { try await write(chunk) }
    case .gif?, .avif?, .heic?, .tiff?, .bmp?, .leadingBytes?, .trailingBytes?, .wrongType?, .page?,
      .withoutEnd?, .empty?,
      .redirect?, .redirectLoop?,
      .redirectToFile?, nil:
      try await start(file, .length(file.body.count), then: file.body)
      return Outcome(status: file.status, keepAlive: file.keepAlive && file.connection == nil)
    }
    return broken
  }

  private func start(
    _ file: FileReply, _ framing: Wire.Framing, then bytes: ArraySlice<UInt8> = []
  ) async throws {
    var keepAlive = file.keepAlive
    if case .none = framing { keepAlive = false }
    var buffer = Wire.header(
      file.status, file.headers, framing, now: file.now, keepAlive: keepAlive)
    buffer.writeBytes(bytes)
    try await write(buffer)
  }

  /// Twenty pieces per second.
  private func trickle(_ bytes: ArraySlice<UInt8>, bytesPerSecond: Int) async throws {
    for piece in bytes.pieces(of: max(bytesPerSecond / 20, 1)) {
      try await write(ByteBuffer(bytes: piece))
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}

extension ArraySlice {
  fileprivate func pieces(of length: Int) -> [ArraySlice] {
    stride(from: startIndex, to: endIndex, by: length).map {
      self[$0..<Swift.min($0 + length, endIndex)]
    }
  }
}
