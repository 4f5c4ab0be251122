public import FoundationEssentials

/// The images of one reply, with what else it says of them.
public struct Offers: Equatable, Sendable {
  /// In the reply's order; images that nothing can be made of are left out.
  public let images: [Offer]
  /// Images of the group that failed.
  public let faults: [ImageFault]
  /// Positions in the group that hold neither an image nor a reason why there is none.
  public let blanks: [Int]
  /// The gateway's id of the work, where the reply has one too.
  public internal(set) var jobID: String?
  /// When the service says that the work was made.
  public let created: Date?
  /// The model that the service says it used.
  public let model: String?
  /// What the gateway says it charged, if it says so.
  public let usage: Usage?
  /// The seed that the service says it used.
  public let seed: Int?
  /// Whether a stream ended before the service said that nothing follows.
  public let isCutOff: Bool

  /// Reads a recorded reply body again, as long as its images are not all stored yet.
  ///
  /// - Returns: Nil for a body that offers no image: it is not JSON, or there is none in it.
  public static func read(_ body: [UInt8]) -> Offers? {
    guard let root = try? JSONDocument(body).root else { return nil }
    let offers = Offers(root)
    return offers.images.isEmpty ? nil : offers
  }

  /// Whether the images may be something else: see ``ImageGroup/isAmbiguous``.
  let isAmbiguous: Bool

  init(_ root: JSONView) {
    let groups = ImageElement.groups(root).map { group in
      (group: group, readings: group.elements.map(\.reading))
    }
    let chosen =
      groups.first { $0.readings.contains { $0.isUsable } }
      ?? groups.first { $0.readings.contains { $0.isFailed } } ?? groups.first
    let readings = chosen?.readings ?? []
    images = readings.compactMap {
      if case .usable(let offer) = $0 { offer } else { nil }
    }
    var faults = readings.compactMap {
      if case .failed(let fault) = $0 { fault } else { nil }
    }
    if let error = StreamEvents(root)?.error, !images.isEmpty {
      // The rest of the group ended with it.
      let last = (images.map(\.position) + faults.map(\.position)).max() ?? 0
      faults.append(ImageFault(position: last + 1, message: GatewayMessage(error)))
    }
    self.faults = faults
    blanks = zip(chosen?.group.elements ?? [], readings).compactMap {
      if case .nothing = $0.1 { $0.0.position } else { nil }
    }
    isAmbiguous = chosen?.group.isAmbiguous ?? false
    let stream = StreamEvents(root)
    let value = { (name: String) in stream.map { $0[name] } ?? root[name] }
    jobID = stream == nil ? JobID.read(root) : nil
    created = Self.time(value("created") ?? value("created_at"))
    model = value("model")?.string.flatMap { ForeignText.clean($0, limit: 200) }
    usage = Usage(value("usage"))
    seed = value("seed")?.integer.flatMap { Int(exactly: $0) }
    isCutOff = stream.map { !$0.isComplete } ?? false
  }

  /// Seconds or milliseconds since 1970, as a number or in digits, or ISO 8601.
  static func time(_ view: JSONView?) -> Date? {
    guard let view else { return nil }
    let text = view.string
    guard let number = view.number ?? text.flatMap({ Double($0) }) else {
      return text.flatMap(CivilTime.iso8601)
    }
    // 100,000,000,000 seconds are the year 5138; as milliseconds it is 1973.
    let seconds = number.magnitude >= 1e11 ? number / 1_000 : number
    guard seconds.isFinite, (0...253_402_300_799).contains(seconds) else { return nil }
    return Date(timeIntervalSince1970: seconds)
  }
}

extension Offers {
  /// The body with the base64 of images replaced, every other byte as it was.
  ///
  /// - Parameter replacements: By position, the text to stand there instead: the digest under which
  ///   the image is stored. Images without one keep their base64.
  public static func redactingImages(
    in body: [UInt8], replacements: [Int: String]
  ) -> [UInt8] {
    guard let root = try? JSONDocument(body).root else { return body }
    let groups = ImageElement.groups(root).map(\.elements)
    let elements = groups.first { $0.contains { $0.reading.isUsable } } ?? []
    var edited = body
    // From the back, so that the ranges in front stay true.
    for element in elements.reversed() {
      guard let place = element.inlineRange, let text = replacements[element.position] else {
        continue
      }
      edited.replaceSubrange(place, with: JSONText.literal(text))
    }
    return edited
  }
}
