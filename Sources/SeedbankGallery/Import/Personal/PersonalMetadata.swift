import SeedbankImaging
import SeedbankModel

/// The metadata of photo programs: keywords, a rating, a caption and a date.
struct PersonalMetadata: Hashable, Sendable {
  var tags: [TagName] = []
  /// 1…5.
  var rating: Int?
  var title: String?
  /// The captions of several places.
  ///
  /// The first one that no tool wrote becomes a note.
  var captions: [String] = []
  var created: CaptureTime?

  init() {}

  /// Reads the metadata in an image file.
  init(_ metadata: EmbeddedMetadata) {
    take(XMPValues(metadata.xmpProperties))
    let exif = metadata.exif
    add(keywords: metadata.iptc?.keywords ?? [])
    add(keywords: [exif?.windowsKeywords].compactMap { $0 })
    rating = rating ?? exif?.windowsRating.flatMap(Self.stars)
    title = title ?? metadata.iptc?.title ?? exif?.windowsTitle
    captions += [
      metadata.iptc?.caption, exif?.windowsComment, exif?.windowsSubject, exif?.imageDescription,
    ].compactMap { $0 }
    created =
      CaptureTime(exif?.dateTimeOriginal) ?? created
      ?? CaptureTime(iptcDate: metadata.iptc?.dateCreated, time: metadata.iptc?.timeCreated)
      ?? CaptureTime(exif?.dateTimeDigitized)
    created = created ?? CaptureTime(mail: metadata.text("Creation Time"))
  }

  /// Reads an XMP packet, for example of a sidecar.
  init(xmp packet: String) { take(XMPValues(XMPProperty.all(in: packet))) }

  /// These values, with missing ones from `other` and the tags of both.
  func completed(by other: PersonalMetadata) -> PersonalMetadata {
    var both = self
    both.add(other.tags)
    both.rating = rating ?? other.rating
    both.title = title ?? other.title
    both.captions += other.captions
    both.created = created ?? other.created
    return both
  }

  /// Title and caption as a note, except texts of a tool and the prompt.
  func note(beside record: ForeignRecord?) -> String? {
    func isPersonal(_ text: String) -> Bool {
      guard !text.isEmpty, text.first != "{", !Self.isNamedJSON(text), !Self.isCameraDefault(text),
        A1111Reader.read(text) == nil
      else { return false }
      // A text of an unknown tool may be the caption itself.
      guard let record, record.tool != "unknown" || !record.prompt.isEmpty else { return true }
      return !record.raw.containsBytes(of: text)
        && (record.prompt.isEmpty || !text.containsBytes(of: record.prompt))
        && !record.prompt.containsBytes(of: text)
    }
    let caption = captions.lazy.map(\.plainText).first(where: isPersonal)
    let title = title?.plainText
    let own = title.flatMap {
      isPersonal($0) && caption?.containsBytes(of: $0) != true ? $0 : nil
    }
    let texts = [own, caption].compactMap { $0 }
    return texts.isEmpty
      ? nil : String(texts.joined(separator: "\n").unicodeScalars.prefix(Self.longestNote))
  }

  /// Whether a text starts with a name and a JSON object, as `Workflow:{"nodes": …` of ComfyUI.
  private static func isNamedJSON(_ text: String) -> Bool {
    let bytes = text.utf8
    let name = bytes.prefix(24).prefix { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x5F }
    let rest = bytes.dropFirst(name.count)
    guard !name.isEmpty, rest.first == UInt8(ascii: ":") else { return false }
    let object = rest.dropFirst().drop { $0.isASCIIWhitespace }
    guard object.first == UInt8(ascii: "{") else { return false }
    let member = object.dropFirst().first { !$0.isASCIIWhitespace }
    return member == UInt8(ascii: "\"")
  }

  /// Texts that cameras write into every image.
  private static func isCameraDefault(_ text: String) -> Bool {
    text.hasSuffix("DIGITAL CAMERA") || ["SONY DSC", "DCIM", "default"].contains(text)
  }

  /// The maximum number of tags of one image, and of characters in a note.
  static let (mostTags, longestNote) = (100, 10_000)

  private mutating func take(_ xmp: XMPValues) {
    for name in xmp.all(.lightroom, "hierarchicalSubject") { add(name.split(separator: "|")) }
    for name in xmp.all(.digiKam, "TagsList") { add(name.split(separator: "/")) }
    add(keywords: xmp.all(.dublinCore, "subject"))
    if let label = xmp.first(.xmp, "Label") { add(["label", label[...]]) }
    let number = xmp.first(.xmp, "Rating").flatMap(Double.init)
    rating = number.flatMap { Int(exactly: $0.rounded()) }.flatMap(Self.stars)
    if number == -1 { add(["rejected"]) }
    title = xmp.first(.dublinCore, "title")
    captions = [xmp.first(.dublinCore, "description")].compactMap { $0 }
    created =
      CaptureTime(xmp: xmp.first(.exif, "DateTimeOriginal"))
      ?? CaptureTime(xmp: xmp.first(.photoshop, "DateCreated"))
      ?? CaptureTime(xmp: xmp.first(.xmp, "CreateDate"))
  }

  /// A rating from 1 to 5; nil for 0.
  private static func stars(_ number: Int) -> Int? { (1...5).contains(number) ? number : nil }

  /// Adds keywords, split at semicolons, because a tag cannot contain one.
  private mutating func add(keywords: [String]) {
    for keyword in keywords {
      for name in keyword.split(whereSeparator: { $0 == ";" || $0.isNewline }) {
        add(name.split(separator: "/"))
      }
    }
  }

  /// Adds the tag with these parts, if it is valid.
  private mutating func add(_ parts: [Substring]) {
    let parts = parts.map(Self.part).filter { !$0.isEmpty }
    guard !parts.isEmpty, let name = TagName(parts.joined(separator: "/")) else { return }
    add([name])
  }

  private mutating func add(_ names: [TagName]) {
    for name in names where tags.count < Self.mostTags {
      let isNew = !tags.contains { $0.description.lowercased() == name.description.lowercased() }
      if isNew { tags.append(name) }
    }
  }

  /// A part of a name without characters that a tag cannot contain, and with single spaces.
  private static func part(_ text: Substring) -> String {
    let plain = text.unicodeScalars.map { scalar -> Character in
      scalar == ";" || scalar.properties.generalCategory == .control ? " " : Character(scalar)
    }
    return String(plain).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension String {
  /// The text without NUL characters and without white space at its ends.
  fileprivate var plainText: String { filter { $0 != "\0" }.trimmingWhitespace }
}

/// The values of a packet by namespace and name, from all of its descriptions.
private struct XMPValues {
  enum Namespace: String {
    case dublinCore = "http://purl.org/dc/elements/1.1/"
    case xmp = "http://ns.adobe.com/xap/1.0/"
    case lightroom = "http://ns.adobe.com/lightroom/1.0/"
    case digiKam = "http://www.digikam.org/ns/1.0/"
    case photoshop = "http://ns.adobe.com/photoshop/1.0/"
    case exif = "http://ns.adobe.com/exif/1.0/"
  }

  private let properties: [XMPProperty]

  init(_ properties: [XMPProperty]) { self.properties = properties }

  /// The maximum number of names.
  ///
  /// A packet may contain many thousands.
  func all(_ namespace: Namespace, _ name: String) -> [String] {
    let found = properties.filter { $0.namespace == namespace.rawValue && $0.name == name }
    return Array(found.flatMap(\.values).prefix(1_000))
  }

  func first(_ namespace: Namespace, _ name: String) -> String? {
    all(namespace, name).first { !$0.isEmpty }
  }
}
