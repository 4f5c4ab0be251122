import CImageCodecs

/// Decompresses foreign data within a limit for the whole file, because many small bombs together are
/// dangerous too.
struct InflateBudget {
  /// The remaining bytes; 64 MiB at the start, which is the size of the largest file.
  private(set) var left = 64 << 20

  /// The data decompressed from zlib or gzip; nil if it is damaged or larger than the limit.
  mutating func inflate(_ bytes: some Collection<UInt8>) -> [UInt8]? {
    var result = sb_bytes()
    let compressed = Array(bytes)
    let outcome = compressed.withUnsafeBufferPointer {
      sb_inflate($0.baseAddress, $0.count, left, &result)
    }
    guard outcome.status == SB_OK else { return nil }
    let inflated = result.take()
    left -= inflated.count
    return inflated
  }
}
