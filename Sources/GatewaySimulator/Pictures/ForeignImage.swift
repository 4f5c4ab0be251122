/// The smallest whole files of kinds that the gateway's page does not name.
public enum ForeignImage {
  /// One pixel (GIF89a).
  public static let gif: [UInt8] =
    Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, 0xFF, 0, 0, 0xFF, 0xFF, 0xFF]
    + [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]

  /// The boxes of an AVIF file around data that no decoder takes.
  public static let avif: [UInt8] =
    box("ftyp", Array("avif\0\0\0\0avifmif1".utf8)) + box("meta", [0, 0, 0, 0])
    + box("mdat", Array(1...40))

  private static func box(_ name: String, _ payload: [UInt8]) -> [UInt8] {
    let size = 8 + payload.count
    return [0, 0, UInt8(size >> 8), UInt8(size & 0xFF)] + Array(name.utf8) + payload
  }
}
