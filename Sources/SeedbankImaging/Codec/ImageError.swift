public import FilePaths

/// Why decoding or encoding failed.
///
/// `detail` is a fixed text of the codec. It never contains data of the file.
public enum ImageError: Error, Hashable, Sendable {
  /// No signature of a known format, such as an error page, another format or an empty file.
  case notAnImage
  /// The file ends before the image does.
  case truncated(ImageFormat)
  /// The file is damaged: a wrong checksum, an impossible header or invalid data.
  case damaged(ImageFormat, detail: String)
  /// Probably intact, but a variant that is not supported (12-bit JPEG …).
  case unsupported(ImageFormat, detail: String)
  /// More bytes than the limits allow.
  case tooManyBytes(count: Int, limit: Int)
  /// More pixels in the header than the limits allow. Nothing was decoded.
  case tooManyPixels(width: Int, height: Int, limit: Int)
  /// The file could not be read; `code` is the system's errno.
  case unreadable(path: FilePath, code: Int32)
  /// The library that decodes the format is not installed. `package` is its Debian package.
  case decoderMissing(ImageFormat, package: String)
  /// The codec could not allocate memory.
  case outOfMemory
  /// The format cannot contain the image, for example a WebP with a side over 16,383 pixels.
  case notEncodable(ImageFormat, detail: String)
}
