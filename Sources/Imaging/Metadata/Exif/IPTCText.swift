/// The texts of an IPTC IIM record that tools for generated images use.
public struct IPTCText: Equatable, Sendable {
  /// 2:120, Caption/Abstract.
  public internal(set) var caption: String?
  /// 2:25, Keywords.
  public internal(set) var keywords: [String] = []

  /// Reads the payload of an APP13 segment: Photoshop's resources, of which 0x0404 is the record
  /// (Adobe Photoshop File Formats Specification, "Image Resource Blocks").
  init?(photoshop bytes: UnsafeRawBufferPointer) {
    var offset = JPEGSegment.photoshopSignature.count
    while bytes.matches(ascii: "8BIM", at: offset),
      let identifier = bytes.bigEndian(at: offset + 4, bytes: 2),
      let nameLength = bytes.byte(at: offset + 6)
    {
      // Name and data are both padded to even lengths.
      let sizePlace = offset + 6 + (Int(nameLength) + 2) / 2 * 2
      guard let size = bytes.bigEndian(at: sizePlace, bytes: 4),
        let data = bytes.part(sizePlace + 4..<sizePlace + 4 + size)
      else { return nil }
      if identifier == 0x0404 {
        self.init(record: data)
        return
      }
      offset = sizePlace + 4 + (size + 1) / 2 * 2
    }
    return nil
  }

  private init(record bytes: UnsafeRawBufferPointer) {
    var offset = 0
    while bytes.byte(at: offset) == 0x1C, let record = bytes.byte(at: offset + 1),
      let dataset = bytes.byte(at: offset + 2),
      let length = bytes.bigEndian(at: offset + 3, bytes: 2), length < 0x8000,
      let value = bytes.part(offset + 5..<offset + 5 + length)
    {
      if record == 2, dataset == 120 { caption = ForeignText.decode(value) }
      if record == 2, dataset == 25 { keywords.append(ForeignText.decode(value)) }
      offset += 5 + length
    }
  }
}
