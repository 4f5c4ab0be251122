import SeedbankModel

/// The body of a request: bytes in memory, and images that are read while they are sent.
package struct RequestContent: Sendable {
  enum Part: Sendable {
    case bytes([UInt8])
    case file(ReferenceBytes)
    case base64(ReferenceBytes)

    var count: Int64 {
      switch self {
      case .bytes(let bytes): Int64(bytes.count)
      case .file(let source): source.count
      case .base64(let source): (source.count + 2) / 3 * 4
      }
    }
  }

  let parts: [Part]
  /// The type that the request's header names.
  package let mediaType: String

  /// The length in bytes.
  package var count: Int64 { parts.reduce(0) { $0 + $1.count } }

  /// All of it, if it is in memory.
  var bytes: [UInt8]? {
    if parts.isEmpty { return [] }
    guard parts.count == 1, case .bytes(let bytes) = parts[0] else { return nil }
    return bytes
  }

  init(parts: [Part], mediaType: String) {
    self.parts = parts
    self.mediaType = mediaType
  }

  init(json bytes: [UInt8]) { self.init(parts: [.bytes(bytes)], mediaType: "application/json") }

  func reader() -> Reader { Reader(parts) }

  /// Passes the bytes to `take` in pieces, as they will be sent.
  ///
  /// - Throws: What reading a file or `take` throws.
  package func forEachPiece(_ take: (UnsafeRawBufferPointer) throws -> Void) throws {
    var reader = reader()
    try withUnsafeTemporaryAllocation(byteCount: Reader.pieceSize, alignment: 16) { buffer in
      while case let count = try reader.read(into: buffer), count > 0 {
        try take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
    }
  }

  /// A file was shorter than when the request was built.
  struct FileIsShorter: Error {}

  /// Reads a body from its beginning to its end, in constant memory.
  struct Reader {
    /// A multiple of 3 and 4, so that pieces of base64 can be joined.
    static let pieceSize = 48 << 10

    private let parts: [Part]
    private var part = 0
    private var offset: Int64 = 0
    private var piece: [UInt8] = []
    private var taken = 0

    init(_ parts: [Part]) { self.parts = parts }

    /// Fills the buffer as far as possible; returns 0 at the end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
      var count = 0
      while count < buffer.count {
        if taken == piece.count {
          guard let next = try nextPiece() else { break }
          (piece, taken) = (next, 0)
        }
        let length = min(buffer.count - count, piece.count - taken)
        piece.withUnsafeBytes { bytes in
          UnsafeMutableRawBufferPointer(rebasing: buffer[count..<(count + length)])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[taken..<(taken + length)]))
        }
        count += length
        taken += length
      }
      return count
    }

    /// The next bytes of the current part; never empty, nil at the end of the body.
    private mutating func nextPiece() throws -> [UInt8]? {
      while part < parts.count {
        let piece: [UInt8]
        switch parts[part] {
        case .bytes(let bytes):
          piece = bytes
          part += 1
        case .file(let source): piece = try read(source)
        case .base64(let source): piece = Base64.encode(try read(source))
        }
        if !piece.isEmpty { return piece }
      }
      return nil
    }

    /// Reads a piece of the file.
    ///
    /// The part ends with its last byte.
    private mutating func read(_ source: ReferenceBytes) throws -> [UInt8] {
      let length = Int(min(Int64(Self.pieceSize), source.count - offset))
      let bytes = try [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
        while count < length {
          let rest = UnsafeMutableRawBufferPointer(
            start: buffer.baseAddress.map { $0 + count }, count: length - count)
          let got = try source.read(offset + Int64(count), rest)
          guard got > 0 else { throw FileIsShorter() }
          count += got
        }
      }
      offset += Int64(length)
      if offset >= source.count { (part, offset) = (part + 1, 0) }
      return bytes
    }
  }
}
