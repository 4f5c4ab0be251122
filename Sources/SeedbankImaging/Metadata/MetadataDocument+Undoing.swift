extension MetadataDocument {
  /// The edits that may undo an `embedding`, the likeliest first: the copies gone, with all that had to
  /// be made for them.
  ///
  /// A file does not say what it held before, so there may be several; the digest of the original
  /// tells which edit brings it back. A file that had an Exif block or a packet of its own before is
  /// not brought back by any.
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
    func edit(_ kinds: [WebPChunk.Kind], _ header: [MetadataEdit.Replacement]) -> MetadataEdit {
      let gone = layout.chunks.filter { kinds.contains($0.type) }
      return MetadataEdit(
        of: bytes.count,
        resizing(header + gone.map { .init(range: $0.range, bytes: []) }))
    }
    var edits: [MetadataEdit] = []
    // A lone bitstream needs no extended header: it was put there for the copies.
    if others.count == 1, let only = others.first, [.lossy, .lossless].contains(only.type) {
      edits.append(edit([.exif, .xmp], [.init(range: first.range, bytes: [])]))
    }
    edits.append(
      edit([.exif, .xmp], settingFlags(of: first) { $0 & ~(WebPFlags.exif | WebPFlags.xmp) }))
    edits.append(edit([.xmp], settingFlags(of: first) { $0 & ~WebPFlags.xmp }))
    return edits
  }
}
