/// The smallest complete files of formats that the gateway's page does not name.
package enum ForeignImage {
  /// One pixel (GIF89a).
  package static let gif: [UInt8] =
    Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, 0xFF, 0, 0, 0xFF, 0xFF, 0xFF]
    + [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]

  /// The boxes of an AVIF file around data that cannot be decoded.
  package static let avif: [UInt8] =
    box("ftyp", Array("avif\0\0\0\0avifmif1".utf8)) + box("meta", [0, 0, 0, 0])
    + box("mdat", Array(1...40))

  /// The boxes of a HEIC file around data that cannot be decoded.
  package static let heic: [UInt8] =
    box("ftyp", Array("heic\0\0\0\0heicmif1".utf8)) + box("meta", [0, 0, 0, 0])
    + box("mdat", Array(1...40))

  /// One grey pixel (TIFF 6.0, section 2): the header, one directory, one strip.
  package static let tiff: [UInt8] = {
    // Tag, type (3 is a short, 4 a long) and value.
    let entries: [(tag: UInt8, type: UInt8, value: UInt8)] = [
      (0x00, 3, 1), (0x01, 3, 1), (0x02, 3, 8), (0x03, 3, 1), (0x06, 3, 1), (0x11, 4, 8),
      (0x15, 3, 1), (0x16, 3, 1), (0x17, 4, 1),
    ]
    let header: [UInt8] = Array("II".utf8) + [42, 0, 10, 0, 0, 0, 0x80, 0]
    let directory = entries.flatMap { entry -> [UInt8] in
      [entry.tag, 1, entry.type, 0, 1, 0, 0, 0, entry.value, 0, 0, 0]
    }
    return header + [UInt8(entries.count), 0] + directory + [0, 0, 0, 0]
  }()

  /// One red pixel: the two headers of a bitmap, then a row of four bytes.
  package static let bmp: [UInt8] =
    Array("BM".utf8) + [58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0]
    + [40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0] + [UInt8](repeating: 0, count: 24)
    + [0, 0, 0xFF, 0]

  private static func box(_ name: String, _ payload: [UInt8]) -> [UInt8] {
    let size = 8 + payload.count
    return [0, 0, UInt8(size >> 8), UInt8(size & 0xFF)] + Array(name.utf8) + payload
  }
}
