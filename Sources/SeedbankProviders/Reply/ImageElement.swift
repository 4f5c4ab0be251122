import SeedbankModel

/// One element of a list of images, in any known form.
struct ImageElement {
  let position: Int
  let view: JSONView
  /// Whether it is the place of an image, whatever it contains, as an event of a stream for one image is.
  var isPlace = false
  /// Whether the service says that the image failed, with or without a reason.
  var hasFailed = false

  enum Reading {
    case usable(Offer)
    case failed(ImageFault)
    /// Neither an image nor a reason.
    case nothing

    var isUsable: Bool {
      if case .usable = self { true } else { false }
    }

    var isFailed: Bool {
      if case .failed = self { true } else { false }
    }
  }

  /// The lists of a reply that may contain images, in the order of the search.
  ///
  /// A single element counts as a list.
  static func groups(_ root: JSONView) -> [ImageGroup] {
    if let stream = StreamEvents(root) { return [ImageGroup(stream.elements)] }
    if root.elements != nil { return [ImageGroup(root)].compactMap(\.self) }
    var groups = listNames.map { root[$0] } + [root["output"]?["media_url"]]
    for content in ResultEnvelope.contents(of: root) {
      groups += (listNames + linkNames + ["media_url"]).map { content[$0] }
      groups.append(content["output"]?["media_url"])
    }
    groups += linkNames.map { root[$0] }
    return groups.compactMap { $0.flatMap { ImageGroup($0) } }
      + [root["url"].flatMap { ImageGroup($0, isAmbiguous: true) }].compactMap(\.self)
  }

  /// The list whose images are used: the first one with a usable image; empty without one.
  static func used(in root: JSONView) -> [ImageElement] {
    let lists = groups(root).map(\.elements)
    return lists.first { $0.contains { $0.reading.isUsable } } ?? []
  }

  /// The element at a position that is higher by `count`.
  func moved(by count: Int) -> ImageElement {
    ImageElement(
      position: position + count, view: view, isPlace: isPlace, hasFailed: hasFailed)
  }

  private static let listNames = ["data", "images", "results", "output", "result"]
  private static let linkNames = ["imageUrl", "image_url", "image_urls"]

  /// Image data in the reply is used before a link, because it cannot expire.
  var reading: Reading {
    // An element of an unfinished group may show a preview.
    if isUnfinished { return .nothing }
    if let place = inline, let source = Self.inlineSource(place) {
      return .usable(Offer(position: position, source: source, size: size))
    }
    if let link, Self.isWebLink(link) {
      return .usable(Offer(position: position, source: .link(ImageLink(link)), size: size))
    }
    return hasFailed || StatedFailure.isStated(in: view)
      ? .failed(ImageFault(position: position, message: GatewayMessage(view))) : .nothing
  }

  /// Whether the element says that its image is not finished.
  var isUnfinished: Bool {
    view["status"]?.string.map { JobStatus($0).phase == .inFlight } ?? false
  }

  /// Whether the element is the place of an image, but has none: `null`, `""`, `{}`, or an object that
  /// has a field for a link or base64, without a usable value.
  ///
  /// Other elements, such as texts between images, are not places of images.
  var isEmptyPlace: Bool {
    guard case .nothing = reading else { return false }
    if isPlace || isUnfinished || view.isNull { return true }
    if view.isString { return view.content.isEmpty }
    guard view.isObject else { return false }
    return view.members.isEmpty || view.members.contains { Self.imageNames.contains($0.key) }
  }

  private static let imageNames = ["url", "b64_json", "imageUrl", "image_url"]

  /// The range of the link with its quotes, if the element is a link.
  var linkRange: Range<Int>? { link == nil ? nil : place?.node.range }

  /// The range of the image data with its quotes, if it starts like an image.
  var imageRange: Range<Int>? {
    guard let place = inline, case .inline(let image)? = Self.inlineSource(place),
      image.beginsAsImage
    else { return nil }
    return place.node.range
  }

  /// The range of the base64 or its replacement, with quotes.
  var inlineRange: Range<Int>? { inline?.node.range }

  private var inline: JSONView? {
    if let payload = view["b64_json"], payload.isString, !payload.content.isEmpty { return payload }
    return place.flatMap { Self.isDataURL($0) || Self.isDigest($0) ? $0 : nil }
  }

  var link: String? {
    guard let place, place.content.count <= Self.linkLimit else { return nil }
    return place.string
  }

  /// The longest link, in bytes.
  ///
  /// Servers do not accept request lines of this length.
  private static let linkLimit = 65_536

  private var place: JSONView? {
    if view.isString { return view }
    return [view["url"], view["imageUrl"], view["image_url"], view["image_url"]?["url"]]
      .compactMap(\.self).first { $0.isString }
  }

  private var size: String? {
    view["size"]?.string.flatMap { PrintableText.clean($0, limit: 40) }
  }

  /// Whether a text is an http or https URL, perhaps after white space, which is not a part of it.
  private static func isWebLink(_ link: String) -> Bool {
    let start = link.drop { $0 == " " || $0 == "\t" || $0.isNewline }.prefix(8).lowercased()
    return start.hasPrefix("http://") || start.hasPrefix("https://")
  }

  /// Whether a text is a `data:` URL, perhaps after white space.
  private static func isDataURL(_ place: JSONView) -> Bool {
    var start = place.content.prefix(100)
    while let first = start.first {
      if [0x20, 0x09, 0x0A, 0x0D].contains(first) {
        start = start.dropFirst()
      } else if first == UInt8(ascii: "\\"), "nrt".utf8.contains(start.dropFirst().first ?? 0) {
        start = start.dropFirst(2)
      } else {
        break
      }
    }
    return start.starts(with: Array("data:".utf8))
  }

  /// Whether the text is the digest of an image, which replaced a data URI.
  private static func isDigest(_ place: JSONView) -> Bool {
    place.begins(with: "sha256:") && place.content.count == "sha256:".utf8.count + 64
  }

  private static func inlineSource(_ place: JSONView) -> Offer.Source? {
    if place.begins(with: "sha256:") { return place.string.map { .stored($0) } }
    guard case .string(let escaped) = place.node.kind else { return nil }
    guard isDataURL(place) else {
      return .inline(InlineImage(text: place.content, escaped: escaped))
    }
    // RFC 2397: the head ends at the first comma. It says whether base64 follows.
    guard let comma = place.content.prefix(200).firstIndex(of: UInt8(ascii: ",")) else {
      return nil
    }
    let head = String(decoding: place.content[..<comma], as: UTF8.self).lowercased()
    guard head.hasSuffix(";base64") else { return nil }
    return .inline(InlineImage(text: place.content[(comma + 1)...], escaped: escaped))
  }
}

/// One list of a reply that may contain images.
struct ImageGroup {
  let elements: [ImageElement]
  /// Whether its elements may not be images: `url` at the top of a reply is often the address of a job.
  let isAmbiguous: Bool

  init(_ elements: [ImageElement]) {
    self.elements = elements
    isAmbiguous = false
  }

  init?(_ view: JSONView, isAmbiguous: Bool = false) {
    let views = view.elements ?? (view.isObject || view.isString ? [view] : [])
    guard !views.isEmpty else { return nil }
    elements = views.enumerated().map { ImageElement(position: $0.offset + 1, view: $0.element) }
    self.isAmbiguous = isAmbiguous
  }
}
