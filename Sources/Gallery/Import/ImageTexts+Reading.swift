import Imaging

extension ImageTexts {
  /// The texts of an image file: its containers' and, where these are silent, its pixels'.
  init(_ metadata: EmbeddedMetadata, picture: Picture) {
    for text in metadata.texts where chunks[text.keyword] == nil {
      chunks[text.keyword] = text.text
    }
    userComment = metadata.exif?.userComment
    description = metadata.exif?.imageDescription ?? metadata.comments.first
    software = metadata.exif?.software
    make = metadata.exif?.make
    model = metadata.exif?.model
    xmp = metadata.xmp
    caption = metadata.xmpPacket.description ?? metadata.iptc?.caption
    keywords = metadata.xmpPacket.subjects + (metadata.iptc?.keywords ?? [])
    if chunks.isEmpty, userComment == nil {
      stealth = StealthMetadata.read(picture.stored)
    }
  }
}
