/// All metadata texts of an image file, from other tools and from Seedbank.
public struct EmbeddedMetadata: Equatable, Sendable {
  /// The format of the file that the metadata was read from.
  public let format: ImageFormat
  /// PNG: all text chunks except XMP in the order of the file, also after the pixels.
  public internal(set) var texts: [EmbeddedText] = []
  /// JPEG: the comment segments.
  public internal(set) var comments: [String] = []
  /// The texts of the Exif block, if there is one.
  public internal(set) var exif: ExifText?
  /// The XMP packet, verbatim.
  public internal(set) var xmp: String?
  /// JPEG: the assembled extended XMP packet.
  public internal(set) var extendedXMP: String?
  /// The texts of the IPTC block, if there is one.
  public internal(set) var iptc: IPTCText?
  /// Whether the file has Content Credentials (C2PA).
  ///
  /// Such a file is never edited.
  public internal(set) var hasContentCredentials = false
  /// The generator in the Content Credentials, without a check of the signature; nil if it is not a known
  /// one.
  public internal(set) var credentialsMaker: String?

  init(format: ImageFormat) { self.format = format }

  /// The text in the format of AUTOMATIC1111: PNG text `parameters`, or else Exif UserComment.
  public var parameters: String? {
    text("parameters") ?? exif?.userComment
  }

  /// The first PNG text of that keyword; keywords are case-sensitive.
  public func text(_ keyword: String) -> String? {
    texts.first { $0.keyword == keyword }?.text
  }

  /// All properties of the XMP packet, of any schema.
  public var xmpProperties: [XMPProperty] {
    [xmp, extendedXMP].compactMap { $0 }.flatMap(XMPProperty.all)
  }

  /// The properties of the XMP packet, with its extended part.
  public var xmpPacket: XMPPacket {
    XMPPacket(reading: [xmp, extendedXMP].compactMap { $0 })
  }
}

/// A text chunk of a PNG file.
public struct EmbeddedText: Equatable, Sendable {
  /// The keyword of the text chunk.
  public let keyword: String
  /// The text, decompressed and decoded.
  public let text: String

  /// Makes a text with its keyword.
  public init(keyword: String, text: String) {
    self.keyword = keyword
    self.text = text
  }
}
