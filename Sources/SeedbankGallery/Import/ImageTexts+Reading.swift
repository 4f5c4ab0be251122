import SeedbankImaging

extension ImageTexts {
  /// The texts of an image file's containers.
  init(_ metadata: EmbeddedMetadata) {
    for text in metadata.texts where chunks[text.keyword] == nil {
      // Profiles in hexadecimal digits are read as Exif, IPTC or XMP.
      if !text.keyword.lowercased().hasPrefix("raw profile") { chunks[text.keyword] = text.text }
    }
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
