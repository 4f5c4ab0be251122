import CImageCodecs

extension sb_outcome {
  private var text: String {
    withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  func check(decoding format: ImageFormat) throws(ImageError) {
    switch status {
    case SB_OK: return
    case SB_TRUNCATED: throw .truncated(format)
    case SB_UNSUPPORTED: throw .unsupported(format, detail: text)
    case SB_MEMORY: throw .outOfMemory
    case SB_NO_LIBRARY: throw .decoderMissing(format, package: text)
    default: throw .damaged(format, detail: text)
    }
  }

  func check(encoding format: ImageFormat) throws(ImageError) {
    switch status {
    case SB_OK: return
    case SB_MEMORY: throw .outOfMemory
    default: throw .notEncodable(format, detail: text)
    }
  }
}

extension sb_bytes {
  /// Copies the bytes into an array and frees the C memory.
  mutating func take() -> [UInt8] {
    defer { sb_release(&self) }
    return [UInt8](UnsafeBufferPointer(start: data, count: size))
  }
}

/// `count` bytes that a codec writes.
///
/// If it fails, they are freed.
///
/// - Parameter capacity: the number of bytes that the codec may use; default: `count`.
func filled(
  count: Int, capacity: Int? = nil, decoding format: ImageFormat,
  _ fill: (UnsafeMutablePointer<UInt8>) -> sb_outcome
) throws(ImageError) -> [UInt8] {
  var outcome = sb_outcome()
  let bytes = [UInt8](unsafeUninitializedCapacity: capacity ?? count) { buffer, initialized in
    guard let start = buffer.baseAddress else { return }
    outcome = fill(start)
    initialized = outcome.status == SB_OK ? count : 0
  }
  try outcome.check(decoding: format)
  return bytes
}
