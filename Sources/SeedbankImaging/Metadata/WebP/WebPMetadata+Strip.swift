extension WebPMetadata {
  private static let kept: [WebPChunk.Kind] = [
    .extended, .lossy, .lossless, .alpha, .animation, .colorProfile,
  ]

  func stripping() throws(MetadataError) -> MetadataEdit {
    guard layout.isComplete, let first = layout.chunks.first,
      WebPCanvas(of: first, in: bytes) != nil
    else { throw .damagedContainer(.webp) }
    var replacements: [MetadataEdit.Replacement] = []
    var keepsExif = false
    for chunk in layout.chunks where !Self.kept.contains(chunk.type) {
      let bare: [UInt8]
      switch chunk.type {
      case .frame: bare = strippedFrame(chunk)
      case .exif where !keepsExif:
        bare = orientationAlone(chunk)
        keepsExif = !bare.isEmpty
      default: bare = []
      }
      if let same = bytes.part(chunk.range), same.elementsEqual(bare) { continue }
      replacements.append(.init(range: chunk.range, bytes: bare))
    }
    if first.type == .extended {
      let flags = WebPFlags.xmp | (keepsExif ? 0 : WebPFlags.exif)
      replacements += settingFlags(of: first) { $0 & ~flags }
    }
    replacements = resizing(replacements)
    if layout.end < bytes.count {
      replacements.append(.init(range: layout.end..<bytes.count, bytes: []))
    }
    return MetadataEdit(of: bytes.count, replacements)
  }

  private func orientationAlone(_ chunk: WebPChunk) -> [UInt8] {
    let orientation = bytes.part(chunk.payload).map(TIFFBlock.orientation(in:)) ?? .upright
    guard orientation != .upright else { return [] }
    let block = TIFFBlock.with(orientation: orientation)
    return WebPChunk.Kind.exif.bytes + block.count.littleEndianBytes(4) + block
  }

  /// A frame may contain unknown chunks.
  private func strippedFrame(_ chunk: WebPChunk) -> [UInt8] {
    guard let frame = WebPFrame(chunk, in: bytes) else { return Array(bytes[chunk.range]) }
    let image = frame.chunks.filter { Self.kept.contains($0.type) }
    guard image.count < frame.chunks.count else { return Array(bytes[chunk.range]) }
    let start = chunk.payload.lowerBound
    let payload =
      bytes[start..<start + WebPFrame.headerLength] + image.flatMap { bytes[$0.range] }
    let padding = [UInt8](repeating: 0, count: payload.count % 2)
    return WebPChunk.Kind.frame.bytes + payload.count.littleEndianBytes(4) + payload + padding
  }
}
