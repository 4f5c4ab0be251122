/// One chunk of a PNG file: length, type, payload and checksum.
struct PNGChunk {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Four ASCII letters as one number.
  struct Kind: Equatable {
    let code: UInt32

    init(code: UInt32) { self.code = code }

    init(_ name: StaticString) {
      code = name.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt32($1) } }
    }

    static let header = Kind("IHDR")
    static let palette = Kind("PLTE")
    static let pixels = Kind("IDAT")
    static let end = Kind("IEND")
    static let transparency = Kind("tRNS")
    static let colorProfile = Kind("iCCP")
    static let animation = Kind("acTL")
    static let exif = Kind("eXIf")
    static let text = Kind("tEXt")
    static let compressedText = Kind("zTXt")
    static let internationalText = Kind("iTXt")
    static let contentCredentials = Kind("caBX")
    /// ComfyUI's graphs in animated files: keyword and text as in tEXt.
    static let comfyGraph = Kind("comf")

    /// Four bytes in the file, big-endian.
    var bytes: [UInt8] {
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: code >> UInt32($0)) }
    }
  }

  let type: Kind
  /// The range of the whole chunk in the file, from its length to its checksum.
  let range: Range<Int>
  let payload: Range<Int>
}

/// The intact chunks of a PNG file.
struct PNGLayout {
  private(set) var chunks: [PNGChunk] = []
  /// Whether IEND was reached.
  private(set) var isComplete = false
  /// Whether reading stopped at the limit.
  private(set) var isOverlong = false

  init(_ bytes: UnsafeRawBufferPointer) {
    var offset = PNGChunk.signature.count
    while let length = bytes.bigEndian(at: offset, bytes: 4),
      let code = bytes.bigEndian(at: offset + 4, bytes: 4),
      length <= bytes.count - offset - 12
    {
      let type = PNGChunk.Kind(code: UInt32(code))
      let end = offset + 12 + length
      chunks.append(
        PNGChunk(type: type, range: offset..<end, payload: offset + 8..<offset + 8 + length))
      offset = end
      if type == .end {
        isComplete = true
        return
      }
      isOverlong = chunks.count >= ContainerLimit.parts
      if isOverlong { return }
    }
  }

  /// The offset after IEND, or the offset at which reading stopped.
  var end: Int { chunks.last?.range.upperBound ?? PNGChunk.signature.count }
}
