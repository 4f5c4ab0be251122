public import FilePaths

/// An image file that is complete but cannot be decoded here: of another kind than the decoders read,
/// of a rare variant, larger than the limits allow, or with bytes in front of the image.
///
/// Only the structure of the file is checked, never its pixels.
public struct UndecodedImage: Equatable, Sendable {
  /// What kind of file it is.
  public let kind: Kind
  /// Bytes in front of the image, which no image file has.
  public let leadingBytes: Int

  /// The kinds of files whose structure is known.
  public enum Kind: String, Sendable, CaseIterable {
    case jpeg, png, webp, gif, avif, heic, jxl, tiff, bmp, ico
  }

  /// Bytes in front of an image that are searched for its beginning.
  static let searchedBytes = 4096

  /// Returns what the file at `path` is, or nil if it is not a complete image file.
  ///
  /// - Throws: `ImageError.unreadable`, `.tooManyBytes`.
  public static func recognize(
    contentsOf path: FilePath, limits: DecodeLimits = .standard
  ) throws(ImageError) -> UndecodedImage? {
    recognize(try FileContents.read(path, limit: limits.bytes), limits: limits)
  }

  /// Returns what the bytes are, or nil if they are not a complete image file.
  public static func recognize(
    _ bytes: [UInt8], limits: DecodeLimits = .standard
  ) -> UndecodedImage? {
    bytes.withUnsafeBytes { recognize(raw: $0, limits) }
  }

  private static func recognize(
    raw bytes: UnsafeRawBufferPointer, _ limits: DecodeLimits
  ) -> UndecodedImage? {
    if let kind = wholeKind(bytes) { return UndecodedImage(kind: kind, leadingBytes: 0) }
    for offset in 1..<max(1, min(searchedBytes, bytes.count)) {
      guard let rest = bytes.part(offset..<bytes.count), let format = ImageFormat(sniffing: rest)
      else { continue }
      // A signature may stand in any bytes by chance; an image that decodes does not.
      guard (try? Picture.decode(raw: rest, limits: limits)) != nil,
        let kind = Kind(rawValue: format.rawValue)
      else { continue }
      return UndecodedImage(kind: kind, leadingBytes: offset)
    }
    return nil
  }

  /// The kind of a file whose structure reaches its own end within the bytes.
  static func wholeKind(_ bytes: UnsafeRawBufferPointer) -> Kind? {
    if bytes.matches([0xFF, 0xD8, 0xFF], at: 0) {
      // Rare variants are whole if they end as every JPEG does; padding may follow.
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
      return isWholeGIF(bytes) ? .gif : nil
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
  /// The last place of `needle` among the last `length` bytes.
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
