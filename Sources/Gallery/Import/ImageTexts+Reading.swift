import Imaging

extension ImageTexts {
  /// The texts of an image file's containers.
  init(_ metadata: EmbeddedMetadata) {
    for text in metadata.texts where chunks[text.keyword] == nil {
      chunks[text.keyword] = text.text
    }
    userComment = metadata.exif?.userComment
    description = metadata.exif?.imageDescription
    comment = metadata.comments.first
    software = metadata.exif?.software
    make = metadata.exif?.make
    model = metadata.exif?.model
    xmp = metadata.xmp
    let packet = metadata.xmpPacket
    caption = packet.description ?? metadata.iptc?.caption
    promptInformation = packet.aiPromptInformation
    system = packet.aiSystemUsed
    keywords = packet.subjects + (metadata.iptc?.keywords ?? [])
  }
}
