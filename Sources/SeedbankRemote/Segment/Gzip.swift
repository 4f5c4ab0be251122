import CZlib

/// Compression of segments, by zlib, in the format of the `gzip` program.
///
/// zlib is linked for images already. docs/benchmarks.md compares it with zstd.
enum Gzip {
  /// Returns nil if there is not enough memory, or the bytes are too many for one call of zlib.
  static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count < 2 << 30 else { return nil }
    var stream = z_stream()
    // 15 bits of window, and 16 for gzip's header.
    guard
      deflateInit2_(
        &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    let room = Int(deflateBound(&stream, UInt(bytes.count)))
    var input = bytes
    var isWhole = false
    let output = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      input.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = buffer.baseAddress
        stream.avail_out = UInt32(room)
        isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
        count = room - Int(stream.avail_out)
      }
    }
    return isWhole ? output : nil
  }

  /// Passes on the decompressed bytes, part by part; returns false if they are damaged or more than
  /// `limit` bytes.
  static func decompress(
    _ bytes: [UInt8], limit: Int, take: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws -> Bool {
    var stream = z_stream()
    guard
      inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return false }
    defer { inflateEnd(&stream) }
    var input = bytes
    var total = 0
    return try input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      var part = [UInt8](repeating: 0, count: 256 << 10)
      while true {
        let (state, count) = part.withUnsafeMutableBufferPointer { buffer in
          stream.next_out = buffer.baseAddress
          stream.avail_out = UInt32(buffer.count)
          let state = inflate(&stream, Z_NO_FLUSH)
          return (state, buffer.count - Int(stream.avail_out))
        }
        guard state == Z_OK || state == Z_STREAM_END else { return false }
        total += count
        guard total <= limit else { return false }
        try part.withUnsafeBufferPointer { try take(UnsafeBufferPointer(rebasing: $0[..<count])) }
        if state == Z_STREAM_END { return stream.avail_in == 0 }
        // Input that ends too early gives no more output.
        if count == 0, stream.avail_in == 0 { return false }
      }
    }
  }
}
