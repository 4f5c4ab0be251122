/// The texts that a picture carries, by where they stood in it.
struct EmbeddedText: Hashable, Sendable {
  /// PNG text chunks by keyword.
  var chunks: [String: String] = [:]
  /// Exif UserComment, decoded.
  var userComment: String?
  /// Exif ImageDescription, or a JPEG comment.
  var description: String?
  /// Exif Software.
  var software: String?
  /// The XMP packet.
  var xmp: String?
  /// What the lowest bits of the pixels spell.
  var stealth: String?

  var isEmpty: Bool { self == EmbeddedText() }

  /// Where A1111 and those who follow it put their parameters.
  var parameters: String? { chunks["parameters"] ?? userComment ?? stealth ?? description }
}
