/// The VP8X chunk, which a WebP file with metadata needs (RFC 9649, 2.7).
struct WebPExtendedHeader {
  let width: Int
  let height: Int
  let flags: UInt8

  var chunk: [UInt8] {
    WebPChunk.Kind.extended.bytes + 10.littleEndianBytes(4) + [flags, 0, 0, 0]
      + (width - 1).littleEndianBytes(3) + (height - 1).littleEndianBytes(3)
  }
}
