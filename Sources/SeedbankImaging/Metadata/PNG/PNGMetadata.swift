/// The metadata of a PNG file.
struct PNGMetadata {
  let bytes: UnsafeRawBufferPointer
  let layout: PNGLayout

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    layout = PNGLayout(bytes)
  }

  func read() -> EmbeddedMetadata {
    var metadata = EmbeddedMetadata(format: .png)
    var budget = InflateBudget()
    for chunk in layout.chunks {
      switch chunk.type {
      case .text, .compressedText, .internationalText, .comfyGraph:
        guard let text = PNGText.read(chunk, in: bytes, &budget) else { continue }
        if text.keyword == PNGText.xmpKeyword {
          metadata.xmp = metadata.xmp ?? text.text
        } else {
          metadata.texts.append(text)
        }
      case .exif:
        metadata.exif =
          metadata.exif
          ?? bytes.part(chunk.payload).flatMap { TIFFBlock($0) }.map(ExifText.init)
      case .contentCredentials:
        metadata.hasContentCredentials = true
        metadata.credentialsMaker = bytes.part(chunk.payload).flatMap(ContentCredentials.maker)
      default:
        continue
      }
    }
    metadata.takeRawProfiles()
    return metadata
  }

  func embedding(
    _ copies: ProvenanceCopies, beside metadata: EmbeddedMetadata
  ) throws(MetadataError) -> MetadataEdit {
    guard layout.isComplete, let pixels = layout.chunks.first(where: { $0.type == .pixels })
    else { throw .damagedContainer(.png) }
    guard let packet = XMPMerge.merge(copies.xmp, into: metadata.xmp) else {
      throw .unreadableXMP(.png)
    }
    var replacements: [MetadataEdit.Replacement] = []
    if let parameters = copies.parameters {
      replacements += setting("parameters", parameters, before: pixels)
    }
    replacements += setting(PNGText.xmpKeyword, packet, before: pixels)
    return MetadataEdit(of: bytes.count, replacements)
  }

  /// Replaces the first chunk with this keyword and removes the others.
  ///
  /// Without one, the text is written before the pixels.
  private func setting(
    _ keyword: String, _ text: String, before pixels: PNGChunk
  ) -> [MetadataEdit.Replacement] {
    let new = PNGText.chunk(keyword: keyword, text: text)
    let old = layout.chunks.filter { PNGText.keyword(of: $0, in: bytes) == keyword }
    guard let first = old.first else {
      let place = pixels.range.lowerBound
      return [.init(range: place..<place, bytes: new)]
    }
    let removed = old.dropFirst().map { MetadataEdit.Replacement(range: $0.range, bytes: []) }
    if let same = bytes.part(first.range), same.elementsEqual(new) { return removed }
    return [.init(range: first.range, bytes: new)] + removed
  }

  /// The chunks that are needed to show the image.
  ///
  /// All others may contain metadata.
  private static let kept: [PNGChunk.Kind] = [
    .header, .palette, .pixels, .end, .transparency, .colorProfile, .animation,
    .init("fcTL"), .init("fdAT"), .init("cHRM"), .init("gAMA"), .init("sRGB"), .init("sBIT"),
    .init("bKGD"), .init("pHYs"), .init("cICP"), .init("mDCV"), .init("cLLI"),
  ]

  func stripping() throws(MetadataError) -> MetadataEdit {
    guard layout.isComplete else { throw .damagedContainer(.png) }
    var replacements = layout.chunks.compactMap { chunk -> MetadataEdit.Replacement? in
      if Self.kept.contains(chunk.type) { return nil }
      let bare = chunk.type == .exif ? orientationAlone(chunk) : []
      if let same = bytes.part(chunk.range), same.elementsEqual(bare) { return nil }
      return .init(range: chunk.range, bytes: bare)
    }
    if layout.end < bytes.count {
      replacements.append(.init(range: layout.end..<bytes.count, bytes: []))
    }
    return MetadataEdit(of: bytes.count, replacements)
  }

  private func orientationAlone(_ chunk: PNGChunk) -> [UInt8] {
    let orientation = bytes.part(chunk.payload).map(TIFFBlock.orientation(in:)) ?? .upright
    return orientation == .upright
      ? [] : PNGText.chunk(.exif, TIFFBlock.with(orientation: orientation))
  }
}
