/// The metadata of a WebP file.
struct WebPMetadata {
  let bytes: UnsafeRawBufferPointer
  let layout: WebPLayout

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    layout = WebPLayout(bytes)
  }

  func chunk(_ type: WebPChunk.Kind) -> WebPChunk? {
    layout.chunks.first { $0.type == type }
  }

  func read() -> EmbeddedMetadata {
    var metadata = EmbeddedMetadata(format: .webp)
    metadata.exif = chunk(.exif).flatMap { bytes.part($0.payload) }.flatMap { TIFFBlock($0) }
      .map(ExifText.init)
    metadata.xmp = chunk(.xmp).flatMap { bytes.part($0.payload) }
      .map { ForeignText.decode(ForeignText.withoutTrailingZeros(Array($0)[...])) }
    metadata.hasContentCredentials = chunk(.contentCredentials) != nil
    metadata.credentialsMaker = chunk(.contentCredentials).flatMap { bytes.part($0.payload) }
      .flatMap(ContentCredentials.maker)
    return metadata
  }

  func embedding(
    _ copies: ProvenanceCopies, beside metadata: EmbeddedMetadata
  ) throws(MetadataError) -> MetadataEdit {
    guard layout.isComplete, let first = layout.chunks.first,
      let canvas = WebPCanvas(of: first, in: bytes),
      let image = layout.chunks.last(where: { Self.image.contains($0.type) })
    else { throw .damagedContainer(.webp) }
    guard let packet = XMPMerge.merge(copies.xmp, into: metadata.xmp) else {
      throw .unreadableXMP(.webp)
    }
    var omissions: [MetadataEdit.Omission] = []
    var replacements: [MetadataEdit.Replacement] = []
    let afterImage = image.range.upperBound
    if let parameters = copies.parameters {
      if let exif = exif(with: parameters) {
        replacements += setting(.exif, exif, at: afterImage)
      } else {
        omissions.append(.exifUnreadable)
      }
    }
    let hasExif = chunk(.exif) != nil || !replacements.isEmpty
    let afterExif = chunk(.exif)?.range.upperBound ?? afterImage
    replacements += setting(.xmp, Array(packet.utf8), at: afterExif, after: replacements)
    let flags = WebPFlags.xmp | (hasExif ? WebPFlags.exif : 0)
    replacements += announcing(flags, first, canvas)
    return MetadataEdit(of: bytes.count, resizing(replacements), omissions: omissions)
  }

  private static let image: [WebPChunk.Kind] = [.lossy, .lossless, .alpha, .frame]

  /// The file's Exif with this comment, or a new one; nil if the file's own is damaged.
  private func exif(with comment: String) -> [UInt8]? {
    guard let chunk = chunk(.exif), let payload = bytes.part(chunk.payload) else {
      return TIFFBlock.with(userComment: comment)
    }
    let prefix = payload.matches(JPEGSegment.exifSignature, at: 0) ? JPEGSegment.exifSignature : []
    return TIFFBlock(payload)?.setting(userComment: comment).map { prefix + $0 }
  }

  /// - Parameter earlier: the replacements so far. One that ends at `place` has its own padding.
  private func setting(
    _ type: WebPChunk.Kind, _ payload: [UInt8], at place: Int,
    after earlier: [MetadataEdit.Replacement] = []
  ) -> [MetadataEdit.Replacement] {
    let padding = [UInt8](repeating: 0, count: payload.count % 2)
    let new = type.bytes + payload.count.littleEndianBytes(4) + payload + padding
    guard let old = chunk(type) else {
      let isPadded = earlier.contains { $0.range.upperBound == place }
      return [.init(range: place..<place, bytes: (isPadded ? [] : padded(at: place)) + new)]
    }
    if let same = bytes.part(old.range), same.elementsEqual(new) { return [] }
    return [.init(range: old.range, bytes: new)]
  }

  /// The padding that may be missing after the last chunk.
  private func padded(at place: Int) -> [UInt8] {
    place == layout.end && !place.isMultiple(of: 2) ? [0] : []
  }

  /// VP8X with these flags set: changed in place, or added as the first chunk.
  private func announcing(
    _ flags: UInt8, _ first: WebPChunk, _ canvas: WebPCanvas
  ) -> [MetadataEdit.Replacement] {
    guard first.type == .extended else {
      let header = WebPExtendedHeader(
        width: canvas.width, height: canvas.height,
        flags: flags | (canvas.hasAlpha ? WebPFlags.alpha : 0))
      return [.init(range: 12..<12, bytes: header.chunk)]
    }
    return settingFlags(of: first) { $0 | flags }
  }

  func settingFlags(
    of header: WebPChunk, _ change: (UInt8) -> UInt8
  ) -> [MetadataEdit.Replacement] {
    let place = header.payload.lowerBound
    guard let old = bytes.byte(at: place), change(old) != old else { return [] }
    return [.init(range: place..<place + 1, bytes: [change(old)])]
  }

  /// The replacements with the new RIFF size.
  func resizing(_ replacements: [MetadataEdit.Replacement]) -> [MetadataEdit.Replacement] {
    let growth = replacements.reduce(0) { sum, replacement in
      replacement.range.lowerBound > layout.end
        ? sum : sum + replacement.bytes.count - replacement.range.count
    }
    let size = (layout.end - 8 + growth).littleEndianBytes(4)
    if let same = bytes.part(4..<8), same.elementsEqual(size) { return replacements }
    return [.init(range: 4..<8, bytes: size)] + replacements
  }
}
