extension JPEGMetadata {
  func stripping() throws(MetadataError) -> MetadataEdit {
    guard let scan = layout.scanStart, let tail = JPEGTail(bytes, from: scan) else {
      throw .damagedContainer(.jpeg)
    }
    var replacements: [MetadataEdit.Replacement] = []
    var keptExif = false
    for segment in layout.segments + tail.segments where !isKept(segment) {
      var bare: [UInt8] = []
      if segment.isExif(in: bytes), !keptExif {
        bare = orientationAlone(segment)
        keptExif = !bare.isEmpty
      } else if segment.isJFIF(in: bytes) {
        bare = headerAlone(segment)
      }
      if let same = bytes.part(segment.range), same.elementsEqual(bare) { continue }
      replacements.append(.init(range: segment.range, bytes: bare))
    }
    if tail.end < bytes.count {
      replacements.append(.init(range: tail.end..<bytes.count, bytes: []))
    }
    return MetadataEdit(of: bytes.count, replacements)
  }

  /// Tables, frame and scan headers, the ICC profile, and Adobe's segment for colours.
  private func isKept(_ segment: JPEGSegment) -> Bool {
    let isApplication = (0xE0...0xEF).contains(segment.marker)
    guard isApplication || segment.isComment else { return true }
    return segment.isColorProfile(in: bytes) || segment.isAdobe(in: bytes)
  }

  private func orientationAlone(_ segment: JPEGSegment) -> [UInt8] {
    let orientation = bytes.part(segment.exifBlock).map(TIFFBlock.orientation(in:)) ?? .upright
    guard orientation != .upright else { return [] }
    return Self.segment(0xE1, JPEGSegment.exifSignature + TIFFBlock.with(orientation: orientation))
  }

  /// The JFIF header without its optional thumbnail: 14 bytes; the last two are the size of the
  /// thumbnail.
  private func headerAlone(_ segment: JPEGSegment) -> [UInt8] {
    guard segment.payload.count >= 14 else { return Array(bytes[segment.range]) }
    let start = segment.payload.lowerBound
    return Self.segment(0xE0, bytes[start..<start + 12] + [0, 0])
  }
}
