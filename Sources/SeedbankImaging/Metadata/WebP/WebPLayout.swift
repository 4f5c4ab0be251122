/// One chunk of a WebP file: type, length, payload, and a zero if the length is odd.
struct WebPChunk {
  /// Four characters as one number, the first the most significant.
  struct Kind: Equatable {
    let code: UInt32

    init(code: UInt32) { self.code = code }

    init(_ name: StaticString) {
      code = name.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt32($1) } }
    }

    static let extended = Kind("VP8X")
    static let lossy = Kind("VP8 ")
    static let lossless = Kind("VP8L")
    static let alpha = Kind("ALPH")
    static let animation = Kind("ANIM")
    static let frame = Kind("ANMF")
    static let colorProfile = Kind("ICCP")
    static let exif = Kind("EXIF")
    static let xmp = Kind("XMP ")
    static let contentCredentials = Kind("C2PA")

    /// Four bytes in the file.
    var bytes: [UInt8] {
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: code >> UInt32($0)) }
    }
  }

  let type: Kind
  /// The range of the whole chunk with its padding in the file.
  let range: Range<Int>
  let payload: Range<Int>
}

/// The intact chunks of a WebP file (RFC 9649, 2).
struct WebPLayout {
  private(set) var chunks: [WebPChunk] = []
  /// Whether the file has the length in its RIFF header.
  let isComplete: Bool
  /// Whether reading stopped at the limit.
  let isOverlong: Bool
  /// The end of the RIFF container.
  ///
  /// Bytes after it are not part of the image.
  let end: Int

  init(_ bytes: UnsafeRawBufferPointer) {
    let announced = (bytes.littleEndian(at: 4, bytes: 4) ?? Int.max / 2) + 8
    let limit = min(announced, bytes.count)
    chunks = Self.chunks(in: 12..<max(12, limit), of: bytes)
    let reached = chunks.last?.range.upperBound ?? 12
    end = limit
    isOverlong = chunks.count >= ContainerLimit.parts
    // The padding of the last chunk may be missing. All decoders accept this.
    isComplete = announced <= bytes.count && reached >= limit
  }

  /// The consecutive chunks in `range`: of the file, or of an animation frame.
  static func chunks(in range: Range<Int>, of bytes: UnsafeRawBufferPointer) -> [WebPChunk] {
    var found: [WebPChunk] = []
    var offset = range.lowerBound
    while found.count < ContainerLimit.parts, offset + 8 <= range.upperBound,
      let code = bytes.bigEndian(at: offset, bytes: 4),
      let length = bytes.littleEndian(at: offset + 4, bytes: 4),
      length <= range.upperBound - offset - 8
    {
      let payload = offset + 8..<offset + 8 + length
      let end = min(payload.upperBound + length % 2, range.upperBound)
      found.append(
        WebPChunk(type: .init(code: UInt32(code)), range: offset..<end, payload: payload))
      offset = end
    }
    return found
  }
}
