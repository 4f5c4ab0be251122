import CImageCodecs

@testable import SeedbankImaging

/// Builds PNG files chunk by chunk, including files that no encoder of Seedbank would write.
struct PNGBuilder {
  var bytes = PNGChunk.signature

  mutating func chunk(_ type: String, _ payload: [UInt8]) {
    let body = Array(type.utf8) + payload
    let crc = body.withUnsafeBufferPointer { sb_crc32(0, $0.baseAddress, $0.count) }
    bytes += payload.count.bigEndianBytes(4) + body + Int(crc).bigEndianBytes(4)
  }

  mutating func header(
    _ width: Int, _ height: Int, depth: UInt8, color: UInt8, interlaced: Bool = false
  ) {
    chunk(
      "IHDR",
      width.bigEndianBytes(4) + height.bigEndianBytes(4) + [depth, color, 0, 0, interlaced ? 1 : 0])
  }

  /// Adds rows with their filter bytes, compressed.
  mutating func pixels(_ raw: [UInt8]) { chunk("IDAT", compressed(raw)) }

  mutating func end() { chunk("IEND", []) }
}

func compressed(_ raw: [UInt8], gzip: Bool = false) -> [UInt8] {
  var result = sb_bytes()
  _ = raw.withUnsafeBufferPointer { sb_deflate($0.baseAddress, $0.count, gzip ? 1 : 0, &result) }
  return result.take()
}
