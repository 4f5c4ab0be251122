import Platform

/// Searches bytes with memchr.
enum ByteSearch {
  /// The first offset of `needle` in `bytes` from `from` on.
  static func first(of needle: [UInt8], in bytes: [UInt8], from: Int) -> Int? {
    guard let head = needle.first else { return nil }
    return bytes.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return nil }
      var at = from
      while at + needle.count <= text.count {
        let room = text.count - needle.count + 1 - at
        guard let hit = memchr(base + at, Int32(head), room) else { return nil }
        at = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
        if memcmp(base + at, needle, needle.count) == 0 { return at }
        at += 1
      }
      return nil
    }
  }
}
