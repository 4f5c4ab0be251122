/// The texts of an IPTC IIM record that tools for generated images use.
public struct IPTCText: Equatable, Sendable {
  /// 2:120, Caption/Abstract.
  public internal(set) var caption: String?
  /// 2:05, Object Name.
  public internal(set) var title: String?
  /// 2:25, Keywords.
  public internal(set) var keywords: [String] = []
  /// 2:55, Date Created: `20240501`.
  public internal(set) var dateCreated: String?
  /// 2:60, Time Created: `123456+0900`.
  public internal(set) var timeCreated: String?

  /// Reads the payload of an APP13 segment, with or without its signature: Photoshop's resources, of
  /// which 0x0404 is the record (Adobe Photoshop File Formats Specification, "Image Resource Blocks");
  /// or the bare record.
  init?(_ bytes: UnsafeRawBufferPointer) {
    if bytes.byte(at: 0) == 0x1C {
      self.init(record: bytes)
      return
    }
    let signature = JPEGSegment.photoshopSignature
    var offset = bytes.matches(signature, at: 0) ? signature.count : 0
    while bytes.matches(ascii: "8BIM", at: offset),
      let identifier = bytes.bigEndian(at: offset + 4, bytes: 2),
      let nameLength = bytes.byte(at: offset + 6)
    {
      // Name and data are padded to even lengths.
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
      if record == 2 { take(dataset, ForeignText.decode(value)) }
      offset += 5 + length
    }
  }

  private mutating func take(_ dataset: UInt8, _ value: String) {
    switch dataset {
    case 5: title = title ?? value
    case 25: keywords.append(value)
    case 55: dateCreated = value
    case 60: timeCreated = value
    case 120: caption = value
    default: break
    }
  }
}
