/// An image format that Seedbank stores.
///
/// The bytes decide, not the name.
public enum ImageFormat: String, Sendable, CaseIterable {
  case jpeg
  case png
  case webp
  case gif
  case avif
  case heic
  case jxl

  /// The number of leading bytes that are needed to recognize a format.
  public static let signatureLength = 64

  /// The format by the signature at the start of the bytes, or nil.
  public init?(sniffing bytes: UnsafeRawBufferPointer) {
    if bytes.matches([0xFF, 0xD8, 0xFF], at: 0) {
      self = .jpeg
    } else if bytes.matches(PNGChunk.signature, at: 0) {
      self = .png
    } else if bytes.matches(ascii: "RIFF", at: 0), bytes.matches(ascii: "WEBP", at: 8) {
      self = .webp
    } else if bytes.matches(ascii: "GIF87a", at: 0) || bytes.matches(ascii: "GIF89a", at: 0) {
      self = .gif
    } else if bytes.matches([0xFF, 0x0A], at: 0) || bytes.matches(ascii: "JXL ", at: 4) {
      self = .jxl
    } else if let brand = HEIFBrand(bytes) {
      self = brand == .avif ? .avif : .heic
    } else {
      return nil
    }
  }

  /// The format by the signature at the start of the bytes, or nil.
  public init?(sniffing bytes: [UInt8]) {
    guard let format = bytes.withUnsafeBytes({ ImageFormat(sniffing: $0) }) else { return nil }
    self = format
  }

  /// The usual file name extension, without its dot.
  public var fileExtension: String {
    switch self {
    case .jpeg: "jpg"
    default: rawValue
    }
  }
}
