import SeedbankImaging

extension ImageTexts {
  /// The texts of an image file's containers.
  init(_ metadata: EmbeddedMetadata) {
    // Profiles in hexadecimal digits are read as Exif, IPTC or XMP.
    take(metadata.texts.filter { !$0.keyword.lowercased().hasPrefix("raw profile") })
    let exif = metadata.exif
    userComment = exif?.userComment
    description = exif?.imageDescription
    comment = metadata.comments.first
    furtherComments = Array(metadata.comments.dropFirst())
    software = exif?.software
    make = exif?.make
    model = exif?.model
    windowsTexts = [exif?.windowsComment, exif?.windowsTitle, exif?.windowsSubject]
      .compactMap { $0 }
    credentialsMaker = metadata.credentialsMaker
    take(xmp: metadata.xmp, metadata.xmpProperties, metadata.xmpPacket)
    // One may come from a tool and the other from a person.
    if let theirs = metadata.iptc?.caption {
      if caption == nil { caption = theirs } else { xmpTexts.append(theirs) }
    }
    keywords += metadata.iptc?.keywords ?? []
  }

  /// Takes text chunks.
  ///
  /// A blank text does not hide another one with the same keyword. A further text gets a number after its
  /// keyword.
  private mutating func take(_ texts: [EmbeddedText]) {
    var counts: [String: Int] = [:]
    for text in texts {
      guard let first = chunks[text.keyword], !Self.isBlank(first) else {
        chunks[text.keyword] = text.text
        continue
      }
      if text.text == first || Self.isBlank(text.text) { continue }
      counts[text.keyword, default: 1] += 1
      let name = "\(text.keyword) \(counts[text.keyword, default: 1])"
      chunks[name] = chunks[name] ?? text.text
    }
  }

  /// Whether a text has only white space, or only zeros, which some tools append.
  private static func isBlank(_ text: String) -> Bool { text.utf8.allSatisfy { $0 <= 0x20 } }

  /// The texts of a separate XMP packet, as in a sidecar.
  init(xmpSidecar packet: String) {
    take(xmp: packet, XMPProperty.all(in: packet), XMPPacket(reading: [packet]))
  }

  private mutating func take(xmp packet: String?, _ all: [XMPProperty], _ known: XMPPacket) {
    xmp = packet
    caption = known.description
    promptInformation = known.aiPromptInformation
    system = known.aiSystemUsed
    keywords = known.subjects
    xmpTexts = all.filter { Self.textProperties.contains($0.name) }.compactMap(\.values.first)
  }

  /// `exif:UserComment`, `tiff:ImageDescription`, `dc:title`, and names that tools invented.
  private static let textProperties: Set = [
    "UserComment", "ImageDescription", "title", "parameters", "Parameters",
  ]
}
