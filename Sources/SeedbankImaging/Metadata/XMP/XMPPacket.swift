/// The XMP properties that Seedbank reads and writes.
public struct XMPPacket: Equatable, Sendable {
  /// dc:description, default language: the prompt.
  public var description: String?
  /// dc:subject: the tags.
  public var subjects: [String]
  /// xmp:Rating, 1 to 5.
  public var rating: Int?
  /// xmp:CreatorTool.
  public var creatorTool: String?
  /// xmp:CreateDate, RFC 3339.
  public var createDate: String?
  /// Iptc4xmpExt:DigitalSourceType, a URI of the IPTC's vocabulary.
  public var digitalSourceType: String?
  /// Iptc4xmpExt:AISystemUsed (IPTC Photo Metadata Standard 2025.1, as the two below).
  public var aiSystemUsed: String?
  /// Iptc4xmpExt:AISystemVersionUsed.
  public var aiSystemVersionUsed: String?
  /// Iptc4xmpExt:AIPromptInformation.
  public var aiPromptInformation: String?
  /// Seedbank's own property `record` in `http://ns.seedbank.example/1.0/`: the canonical JSON
  /// record.
  ///
  /// Characters that XML does not allow are JSON escapes.
  public var record: String?

  /// "Created using generative AI", of the IPTC's Digital Source Type vocabulary.
  public static let trainedAlgorithmicMedia =
    "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"

  /// Makes a packet from its properties.
  public init(
    description: String? = nil, subjects: [String] = [], rating: Int? = nil,
    creatorTool: String? = nil, createDate: String? = nil, digitalSourceType: String? = nil,
    aiSystemUsed: String? = nil, aiSystemVersionUsed: String? = nil,
    aiPromptInformation: String? = nil, record: String? = nil
  ) {
    self.description = description
    self.subjects = subjects
    self.rating = rating
    self.creatorTool = creatorTool
    self.createDate = createDate
    self.digitalSourceType = digitalSourceType
    self.aiSystemUsed = aiSystemUsed
    self.aiSystemVersionUsed = aiSystemVersionUsed
    self.aiPromptInformation = aiPromptInformation
    self.record = record
  }

  /// Reads the properties from a packet or its parts.
  ///
  /// Missing or unreadable ones are nil.
  public init(reading packets: [String]) {
    let properties = packets.flatMap(XMPProperty.all)
    func values(_ name: XMLNode.Name) -> [String] {
      properties.first { $0.namespace == name.namespace && $0.name == name.local }?.values ?? []
    }
    self.init(
      description: values(.description).first, subjects: values(.subject),
      rating: values(.rating).first.flatMap(Self.wholeNumber),
      creatorTool: values(.creatorTool).first, createDate: values(.createDate).first,
      digitalSourceType: values(.digitalSourceType).first,
      aiSystemUsed: values(.aiSystemUsed).first,
      aiSystemVersionUsed: values(.aiSystemVersionUsed).first,
      aiPromptInformation: values(.aiPromptInformation).first, record: values(.record).first)
  }

  /// Ratings are real numbers in XMP ("4.0"), but whole numbers in Seedbank.
  private static func wholeNumber(_ text: String) -> Int? {
    Double(text).flatMap { Int(exactly: $0.rounded()) }
  }

  /// The packet as a document, for a sidecar or a new file.
  public var document: String { XMPMerge.document(holding: block()) }
}
