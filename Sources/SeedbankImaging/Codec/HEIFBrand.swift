/// The kind of image in a container of ISO/IEC 23008-12, by its brands.
enum HEIFBrand {
  case avif
  case heic

  /// Brands of HEVC images, still and in sequences.
  private static let hevc: Set<String> = [
    "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs",
  ]
  /// Brands of sequences of images.
  private static let sequences: Set<String> = ["avis", "msf1", "hevc", "hevx", "hevm", "hevs"]
  /// Brands of the container without information about the codec.
  private static let general: Set<String> = ["mif1", "msf1"]

  /// Reads the brands in the bytes; nil without an image brand.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.matches(ascii: "ftyp", at: 4), let size = bytes.bigEndian(at: 0, bytes: 4),
      size >= 16
    else { return nil }
    let end = min(size, bytes.count, ImageFormat.signatureLength)
    let brands = stride(from: 8, through: end - 4, by: 4).filter { $0 != 12 }.compactMap {
      bytes.part($0..<$0 + 4).map { String(decoding: $0, as: UTF8.self) }
    }
    if brands.contains(where: { $0 == "avif" || $0 == "avis" }) {
      self = .avif
    } else if brands.contains(where: Self.hevc.contains) {
      self = .heic
    } else if let first = brands.first, Self.general.contains(first) {
      self = .heic
    } else {
      return nil
    }
  }

  /// Whether the main brand is that of a sequence.
  ///
  /// A still image can have such a brand among the others.
  static func isSequence(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.matches(ascii: "ftyp", at: 4), let brand = bytes.part(8..<12) else { return false }
    return sequences.contains(String(decoding: brand, as: UTF8.self))
  }
}
