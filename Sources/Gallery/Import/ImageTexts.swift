/// The texts that a picture carries, by where they stood in it.
struct ImageTexts: Hashable, Sendable {
  /// PNG text chunks by keyword.
  var chunks: [String: String] = [:]
  /// Exif UserComment, decoded.
  var userComment: String?
  /// Exif ImageDescription.
  var description: String?
  /// A JPEG comment.
  var comment: String?
  /// Exif Software.
  var software: String?
  /// Exif Make and Model: WebP files of ComfyUI keep their graphs there.
  var make: String?
  var model: String?
  /// What XMP or IPTC say the picture shows.
  var caption: String?
  /// What XMP says it was asked for, and whom (IPTC's AIPromptInformation and AISystemUsed).
  var promptInformation: String?
  var system: String?
  /// What XMP or IPTC file it under.
  var keywords: [String] = []
  /// The XMP packet.
  var xmp: String?
  /// What the lowest bits of the pixels spell.
  var stealth: String?

  var isEmpty: Bool { self == ImageTexts() }

  /// Where A1111 and those who follow it put their parameters.
  var parameters: String? {
    chunks["parameters"] ?? userComment ?? stealth ?? description ?? comment
  }

  /// Every place of Exif and JPEG that tools without chunks of their own use.
  var exifTexts: [String] { [model, make, description, userComment, comment].compactMap { $0 } }
}
