/// A block of another format in a PNG text chunk, as ImageMagick and exiftool write it: the keyword
/// `Raw profile type NAME`; in the text the name, the length and the bytes as hexadecimal digits.
enum RawProfile {
  private static let prefix = "raw profile type "

  /// The name of the profile in a text chunk with this keyword, in lower case.
  static func name(keyword: String) -> String? {
    let keyword = keyword.lowercased()
    return keyword.hasPrefix(prefix) ? String(keyword.dropFirst(prefix.count)) : nil
  }

  /// The bytes of a profile; nil if the number of bytes is wrong.
  static func decode(_ text: String) -> [UInt8]? {
    let lines = text.utf8.drop { $0 == lineFeed }
    guard let nameEnd = lines.firstIndex(of: lineFeed) else { return nil }
    let rest = lines[nameEnd...].dropFirst()
    guard let lengthEnd = rest.firstIndex(of: lineFeed),
      let length = Int(String(decoding: rest[..<lengthEnd].drop { $0 == 0x20 }, as: UTF8.self)),
      length > 0, length <= text.utf8.count / 2
    else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(length)
    var high: UInt8?
    for character in rest[lengthEnd...] {
      guard let digit = digit(character) else { continue }
      if let first = high {
        bytes.append(first << 4 | digit)
        high = nil
        if bytes.count == length { return bytes }
      } else {
        high = digit
      }
    }
    return nil
  }

  private static let lineFeed = UInt8(ascii: "\n")

  private static func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension EmbeddedMetadata {
  /// Reads the profiles in PNG text chunks.
  ///
  /// The chunks for these blocks have priority.
  mutating func takeRawProfiles() {
    for text in texts {
      guard let name = RawProfile.name(keyword: text.keyword),
        let bytes = RawProfile.decode(text.text)
      else { continue }
      bytes.withUnsafeBytes { raw in
        switch name {
        case "exif", "app1":
          // Exif and XMP are both in JPEG's APP1 segments.
          if raw.matches(JPEGSegment.xmpSignature, at: 0) {
            xmp = xmp ?? ForeignText.decode(raw.dropFirst(JPEGSegment.xmpSignature.count))
          } else if exif == nil {
            exif = TIFFBlock(raw).map(ExifText.init)
          }
        case "xmp": xmp = xmp ?? ForeignText.decode(raw)
        case "iptc", "8bim": iptc = iptc ?? IPTCText(raw)
        default: break
        }
      }
    }
  }
}
