extension JPEGMetadata {
  private static let payloadLimit = 65_533

  func embedding(
    _ copies: ProvenanceCopies, beside metadata: EmbeddedMetadata
  ) throws(MetadataError) -> MetadataEdit {
    guard layout.scanStart != nil else { throw .damagedContainer(.jpeg) }
    let oldName = metadata.xmp.flatMap(ExtendedXMP.name)
    // Incomplete parts cannot be copied and must not be removed.
    if metadata.extendedXMP == nil, !parts(of: oldName).isEmpty { throw .unreadableXMP(.jpeg) }
    let plan = try JPEGPacketPlan(
      copies.xmp, main: metadata.xmp, extended: metadata.extendedXMP)
    var omissions: [MetadataEdit.Omission] = []
    var replacements: [MetadataEdit.Replacement] = []
    if let parameters = copies.parameters {
      switch exif(with: parameters) {
      case .success(let replacement): replacements += replacement
      case .failure(let reason):
        omissions.append(reason.omission)
        replacements += reason.replacement
      }
    }
    replacements += setting(plan, replacing: parts(of: oldName))
    return MetadataEdit(of: bytes.count, replacements, omissions: omissions)
  }

  /// Why the Exif text is left out, and how an older one is changed.
  private struct ExifRefusal: Error {
    let omission: MetadataEdit.Omission
    var replacement: [MetadataEdit.Replacement] = []
  }

  /// The segment with the file's Exif.
  private var exifSegment: JPEGSegment? {
    layout.segments.first { $0.isExif(in: bytes) }
  }

  /// The position of new segments: after the JFIF segment, which must be first.
  private var firstPlace: Int {
    var place = 2
    for segment in layout.segments {
      guard segment.marker == 0xE0 else { break }
      place = segment.range.upperBound
    }
    return place
  }

  private func exif(
    with comment: String
  ) -> Result<[MetadataEdit.Replacement], ExifRefusal> {
    guard let old = exifSegment else {
      let new = JPEGSegment.exifSignature + TIFFBlock.with(userComment: comment)
      guard new.count <= Self.payloadLimit else {
        return .failure(ExifRefusal(omission: .exifTextTooLong))
      }
      return .success(
        [.init(range: firstPlace..<firstPlace, bytes: Self.segment(0xE1, new))])
    }
    guard let block = bytes.part(old.exifBlock).flatMap({ TIFFBlock($0) }),
      let edited = block.setting(userComment: comment)
    else { return .failure(ExifRefusal(omission: .exifUnreadable)) }
    let new = JPEGSegment.exifSignature + edited
    guard new.count <= Self.payloadLimit else {
      return .failure(
        ExifRefusal(omission: .exifTextTooLong, replacement: withoutComment(block, old)))
    }
    return .success(replacing(old, new))
  }

  /// The edits that remove the old comment.
  ///
  /// They are made if the new comment does not fit.
  private func withoutComment(
    _ block: TIFFBlock, _ old: JPEGSegment
  ) -> [MetadataEdit.Replacement] {
    guard block.exif?.entry(TIFFBlock.Tag.userComment) != nil,
      let empty = block.setting(userComment: "")
    else { return [] }
    let new = JPEGSegment.exifSignature + empty
    return new.count <= Self.payloadLimit ? replacing(old, new) : []
  }

  private func replacing(
    _ old: JPEGSegment, _ payload: [UInt8]
  ) -> [MetadataEdit.Replacement] {
    if let same = bytes.part(old.payload), same.elementsEqual(payload) { return [] }
    return [.init(range: old.range, bytes: Self.segment(0xE1, payload))]
  }

  /// The segments of the extended part of that name.
  private func parts(of name: String?) -> [JPEGSegment] {
    guard let name else { return [] }
    return layout.segments.filter { ExtendedXMP.isPart($0, of: name, in: bytes) }
  }

  /// Replaces the packet and its extended part.
  ///
  /// Without old ones, the new ones are written after Exif.
  private func setting(
    _ plan: JPEGPacketPlan, replacing parts: [JPEGSegment]
  ) -> [MetadataEdit.Replacement] {
    var new = Self.segment(0xE1, JPEGSegment.xmpSignature + Array(plan.packet.utf8))
    if let extended = plan.extended {
      new += ExtendedXMP.segments(extended.name, Array(extended.text.utf8))
    }
    guard let main = layout.segments.first(where: { $0.isXMP(in: bytes) }) else {
      let place = max(exifSegment?.range.upperBound ?? 0, firstPlace)
      return [.init(range: place..<place, bytes: new)]
    }
    let old = bytes[main.range] + parts.flatMap { bytes[$0.range] }
    if old.elementsEqual(new) { return [] }
    return [.init(range: main.range, bytes: new)]
      + parts.map { .init(range: $0.range, bytes: []) }
  }
}
