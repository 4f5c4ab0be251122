/// The part of a JPEG from its first scan to its end: scans, and segments between them.
struct JPEGTail {
  private(set) var segments: [JPEGSegment] = []
  /// The offset after the end marker.
  ///
  /// The rest is not part of the image.
  let end: Int

  /// Nil without an end marker.
  init?(_ bytes: UnsafeRawBufferPointer, from start: Int) {
    var offset = start
    while let segment = JPEGLayout.segment(at: &offset, in: bytes) {
      if segment.marker == JPEGLayout.endOfImage {
        end = segment.range.upperBound
        return
      }
      segments.append(segment)
      offset = segment.range.upperBound
      if segment.marker == JPEGLayout.startOfScan {
        guard let next = Self.endOfScan(bytes, from: offset) else { return nil }
        offset = next
      }
    }
    return nil
  }

  /// The next marker that is neither a stuffed zero nor a restart.
  private static func endOfScan(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var offset = start
    while offset + 1 < bytes.count {
      if bytes[offset] == 0xFF {
        let next = bytes[offset + 1]
        if next != 0, next != 0xFF, !(0xD0...0xD7).contains(next) { return offset }
      }
      offset += 1
    }
    return nil
  }
}
