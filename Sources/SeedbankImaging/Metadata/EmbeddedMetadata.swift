/// All textual metadata of an image file, as other tools and Seedbank itself wrote it.
public struct EmbeddedMetadata: Equatable, Sendable {
  /// The format of the file that the metadata was read from.
  public let format: ImageFormat
  /// PNG: every text chunk in the order of the file, also those after the pixels; XMP excepted.
  public internal(set) var texts: [EmbeddedText] = []
  /// JPEG: the comment segments.
  public internal(set) var comments: [String] = []
  /// The texts of the Exif block, if there is one.
  public internal(set) var exif: ExifText?
  /// The XMP packet, verbatim.
  public internal(set) var xmp: String?
  /// JPEG: what did not fit into the packet, put together from its parts.
  public internal(set) var extendedXMP: String?
  /// The texts of the IPTC block, if there is one.
  public internal(set) var iptc: IPTCText?
  /// Signed provenance (C2PA): such a file is never edited.
  public internal(set) var hasContentCredentials = false
  /// The generator that the signed provenance names; unchecked, and nil when it names none that is known.
  public internal(set) var credentialsMaker: String?

  init(format: ImageFormat) { self.format = format }

  /// The text in the format of AUTOMATIC1111: PNG text `parameters`, else Exif UserComment.
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

  /// What the XMP packet says, its extended part included.
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
