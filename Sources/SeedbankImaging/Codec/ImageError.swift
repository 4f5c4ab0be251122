public import FilePaths

/// Why bytes did not become an image, or an image did not become bytes.
///
/// `detail` is the codec's own fixed wording; it never quotes the file.
public enum ImageError: Error, Hashable, Sendable {
  /// No signature of a known format: an error page, another format, nothing at all.
  case notAnImage
  /// The file ends before the image does.
  case truncated(ImageFormat)
  /// The file contradicts itself: a wrong check sum, an impossible header, a broken bitstream.
  case damaged(ImageFormat, detail: String)
  /// Sound, as far as can be told, but of a kind that is not decoded here (12-bit JPEG …).
  case unsupported(ImageFormat, detail: String)
  /// More bytes than the limits allow.
  case tooManyBytes(count: Int, limit: Int)
  /// More pixels than the limits allow, by the header; nothing was decoded.
  case tooManyPixels(width: Int, height: Int, limit: Int)
  /// The file could not be read; `code` is the system's errno.
  case unreadable(path: FilePath, code: Int32)
  /// The library that decodes the format is not installed; `package` is what Debian calls it.
  case decoderMissing(ImageFormat, package: String)
  /// The codec found no memory.
  case outOfMemory
  /// The image cannot be held by that format: WebP has at most 16,383 pixels a side.
  case notEncodable(ImageFormat, detail: String)
}
