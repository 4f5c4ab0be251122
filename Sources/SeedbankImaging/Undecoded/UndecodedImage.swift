public import FilePaths

/// An image file that is complete, but cannot be decoded: an unsupported format or variant, larger than
/// the limits, or with bytes before the image.
///
/// Only the structure of the file is checked, never its pixels.
public struct UndecodedImage: Equatable, Sendable {
  /// The kind of the file.
  public let kind: Kind
  /// The number of bytes before the image.
  public let leadingBytes: Int

  /// The kinds of files whose structure is known.
  public enum Kind: String, Sendable, CaseIterable {
    case jpeg, png, webp, gif, avif, heic, jxl, tiff, bmp, ico
  }

  /// The number of bytes that are searched for the start of an image.
  static let searchedBytes = 4096
  /// The number of images that are decoded in the search.
  ///
  /// A small file can contain the headers of thousands of large images, each of which takes seconds.
  static let decodedImages = 4

  /// Returns the kind of the file at `path`, or nil if it is not a complete image file.
  ///
  /// - Throws: `ImageError.unreadable`, `.tooManyBytes`.
  public static func recognize(
    contentsOf path: FilePath, limits: DecodeLimits = .standard
  ) throws(ImageError) -> UndecodedImage? {
    recognize(try FileContents.read(path, limit: limits.bytes), limits: limits)
  }

  /// Returns the kind of the bytes, or nil if they are not a complete image file.
  public static func recognize(
    _ bytes: [UInt8], limits: DecodeLimits = .standard
  ) -> UndecodedImage? {
    bytes.withUnsafeBytes { bytes in
      recognize(raw: bytes, limits) { (try? Picture.decode(raw: $0, limits: limits)) != nil }
    }
  }

  static func recognize(
    raw bytes: UnsafeRawBufferPointer, _ limits: DecodeLimits,
    decodes: (UnsafeRawBufferPointer) -> Bool
  ) -> UndecodedImage? {
    if let kind = wholeKind(bytes) { return UndecodedImage(kind: kind, leadingBytes: 0) }
    var decoded = 0
    for offset in 1..<max(1, min(searchedBytes, bytes.count)) where decoded < decodedImages {
      guard let rest = bytes.part(offset..<bytes.count), ImageFormat(sniffing: rest) != nil,
        let header = try? ImageHeader.read(raw: rest),
        (try? limits.check(width: header.width, height: header.height)) != nil,
        let kind = Kind(rawValue: header.format.rawValue)
      else { continue }
      // A signature can occur in any bytes by chance, but not an image that decodes.
      decoded += 1
      if decodes(rest) { return UndecodedImage(kind: kind, leadingBytes: offset) }
    }
    return nil
  }

  /// The kind of a file whose structure is complete within the bytes.
  static func wholeKind(_ bytes: UnsafeRawBufferPointer) -> Kind? {
    if bytes.matches([0xFF, 0xD8, 0xFF], at: 0) {
      // Rare variants are complete if they end like every JPEG. Padding may follow.
      return bytes.lastIndex(of: [0xFF, 0xD9], within: searchedBytes) != nil ? .jpeg : nil
    }
    if bytes.matches(PNGChunk.signature, at: 0) {
      return bytes.lastIndex(of: Array("IEND".utf8), within: searchedBytes) != nil ? .png : nil
    }
    if bytes.matches(ascii: "RIFF", at: 0), bytes.matches(ascii: "WEBP", at: 8) {
      guard let size = bytes.littleEndian(at: 4, bytes: 4) else { return nil }
      return size + 8 <= bytes.count ? .webp : nil
    }
    if bytes.matches(ascii: "GIF87a", at: 0) || bytes.matches(ascii: "GIF89a", at: 0) {
      return GIFBlocks.areWhole(bytes) ? .gif : nil
    }
    if bytes.matches([0xFF, 0x0A], at: 0) { return bytes.count > 12 ? .jxl : nil }
    if bytes.matches(ascii: "BM", at: 0) { return isWholeBitmap(bytes) ? .bmp : nil }
    if bytes.matches([0, 0, 1, 0], at: 0) { return isWholeIcon(bytes) ? .ico : nil }
    if bytes.matches(ascii: "II", at: 0) || bytes.matches(ascii: "MM", at: 0) {
      return isWholeTIFF(bytes) ? .tiff : nil
    }
    return boxKind(bytes)
  }
}

extension UnsafeRawBufferPointer {
  /// The last offset of `needle` in the last `length` bytes.
  fileprivate func lastIndex(of needle: [UInt8], within length: Int) -> Int? {
    var offset = count - needle.count
    let end = Swift.max(0, count - length)
    while offset >= end {
      if matches(needle, at: offset) { return offset }
      offset -= 1
    }
    return nil
  }
}
