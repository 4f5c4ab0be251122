import CImageCodecs

/// Inflates foreign data within a budget that a whole file shares: many small bombs are a bomb.
struct InflateBudget {
  /// What is left, in bytes; 64 MiB to begin with, the size of the largest file taken.
  private(set) var left = 64 << 20

  /// The data inflated from zlib or gzip; nil when it is damaged or larger than what is left.
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
