import CImageCodecs

/// Decompresses foreign data within a limit for the whole file, because many small bombs together are
/// dangerous too.
struct InflateBudget {
  /// The remaining bytes; 64 MiB at the start, which is the size of the largest file.
  private(set) var left = 64 << 20

  /// The data decompressed from zlib or gzip; nil if it is damaged or larger than the limit.
  ///
  /// The bytes before a failure count too, because they needed the same time.
  mutating func inflate(_ bytes: some Collection<UInt8>) -> [UInt8]? {
    guard left > 0 else { return nil }
    var result = sb_bytes()
    let compressed = Array(bytes)
    let outcome = compressed.withUnsafeBufferPointer {
      sb_inflate($0.baseAddress, $0.count, left, &result)
    }
    left -= result.size
    return outcome.status == SB_OK ? result.take() : nil
  }
}
