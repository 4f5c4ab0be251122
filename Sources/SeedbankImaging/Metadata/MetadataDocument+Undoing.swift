extension MetadataDocument {
  /// The edits that may reverse an `embedding`, the most likely first.
  ///
  /// They remove the metadata and all that was added for it.
  ///
  /// The earlier content is not recorded in the file, so there may be several candidates. The digest of
  /// the original shows which one is right. A file that had its own Exif block or packet before cannot be
  /// restored.
  public var undoings: [MetadataEdit] {
    bytes.withUnsafeBytes { raw in
      switch format {
      case .jpeg: JPEGMetadata(raw).undoings(metadata)
      case .png: PNGMetadata(raw).undoings()
      case .webp: WebPMetadata(raw).undoings()
      case .gif, .avif, .heic, .jxl: []
      }
    }
  }
}

extension JPEGMetadata {
  func undoings(_ metadata: EmbeddedMetadata) -> [MetadataEdit] {
    let extended = metadata.xmp.flatMap(ExtendedXMP.name)
    let packets = layout.segments.filter { segment in
      segment.isXMP(in: bytes)
        || extended.map { ExtendedXMP.isPart(segment, of: $0, in: bytes) } == true
    }
    let comments = layout.segments.filter { $0.isExif(in: bytes) }
    return [packets + comments, packets].map { gone in
      MetadataEdit(of: bytes.count, gone.map { .init(range: $0.range, bytes: []) })
    }
  }
}

extension PNGMetadata {
  func undoings() -> [MetadataEdit] {
    [[PNGText.xmpKeyword, "parameters"], [PNGText.xmpKeyword]].map { keywords in
      let gone = layout.chunks.filter { chunk in
        PNGText.keyword(of: chunk, in: bytes).map(keywords.contains) == true
      }
      return MetadataEdit(of: bytes.count, gone.map { .init(range: $0.range, bytes: []) })
    }
  }
}

extension WebPMetadata {
  func undoings() -> [MetadataEdit] {
    guard let first = layout.chunks.first, first.type == .extended else { return [] }
    let others = layout.chunks.dropFirst().filter { $0.type != .exif && $0.type != .xmp }
    var edits: [MetadataEdit] = []
    var unpadded: [MetadataEdit] = []
    func add(_ kinds: [WebPChunk.Kind], _ header: [MetadataEdit.Replacement]) {
      let gone = layout.chunks.filter { kinds.contains($0.type) }
      let removals: [MetadataEdit.Replacement] =
        header + gone.map { .init(range: $0.range, bytes: []) }
      edits.append(MetadataEdit(of: bytes.count, resizing(removals)))
      // The padding of the last chunk may have been missing.
      guard let last = layout.chunks.last(where: { !kinds.contains($0.type) }),
        last.payload.upperBound < last.range.upperBound
      else { return }
      let padding = MetadataEdit.Replacement(
        range: last.payload.upperBound..<last.range.upperBound, bytes: [])
      unpadded.append(MetadataEdit(of: bytes.count, resizing(removals + [padding])))
    }
    // A single bitstream needs no extended header, so the header was added for the metadata.
    if others.count == 1, let only = others.first, [.lossy, .lossless].contains(only.type) {
      add([.exif, .xmp], [.init(range: first.range, bytes: [])])
    }
    add([.exif, .xmp], settingFlags(of: first) { $0 & ~(WebPFlags.exif | WebPFlags.xmp) })
    add([.xmp], settingFlags(of: first) { $0 & ~WebPFlags.xmp })
    return edits + unpadded
  }
}
