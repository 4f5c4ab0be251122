public import FoundationEssentials
import SeedbankModel

/// The images of one reply, with their other data.
public struct Offers: Equatable, Sendable {
  /// The usable images, in the order of the reply.
  public let images: [Offer]
  /// Images of the group that failed.
  ///
  /// If the reply has an image, the empty places are included, without a message.
  public let faults: [ImageFault]
  /// Positions in the group that hold neither an image nor a reason why there is none.
  public let blanks: [Int]
  /// Whether a place of the group is empty or not finished.
  let hasEmptyPlaces: Bool
  /// The gateway's job id, if the reply contains one.
  public internal(set) var jobID: String?
  /// The creation time that the service reports.
  public let created: Date?
  /// The model that the service says it used.
  public let model: String?
  /// The usage that the gateway reports, if any.
  public let usage: Usage?
  /// The seed that the service says it used.
  public internal(set) var seed: Int?
  /// Whether a stream ended before the service said what became of every image.
  public let isCutOff: Bool

  /// Reads a recorded reply body again, while not all of its images are stored.
  ///
  /// - Returns: Nil for a body without an image.
  public static func read(_ body: [UInt8]) -> Offers? {
    guard let root = try? JSONDocument(body).root else { return nil }
    let offers = Offers(root)
    return offers.images.isEmpty ? nil : offers
  }

  /// Reads the images of a recorded reply to a submit that named a job under an unknown status word.
  ///
  /// They may be previews. They are the result if the job brings no other images.
  ///
  /// - Returns: Nil for a body without such images.
  package static func readPossibleResult(_ body: [UInt8]) -> Offers? {
    guard let root = try? JSONDocument(body).root,
      JobStatus.read(from: root)?.phase == .unrecognized
    else { return nil }
    let offers = Offers(root)
    return offers.images.isEmpty || offers.isAmbiguous ? nil : offers
  }

  /// Whether the images may be something else: see ``ImageGroup/isAmbiguous``.
  let isAmbiguous: Bool

  init(_ root: JSONView) {
    let stream = StreamEvents(root)
    let groups = ImageElement.groups(root).map { group in
      (group: group, readings: group.elements.map(\.reading))
    }
    let chosen =
      groups.first { $0.readings.contains { $0.isUsable } }
      ?? groups.first { $0.readings.contains { $0.isFailed } } ?? groups.first
    let elements = chosen?.group.elements ?? []
    let readings = chosen?.readings ?? []
    images = readings.compactMap {
      if case .usable(let offer) = $0 { offer } else { nil }
    }
    var faults = readings.compactMap {
      if case .failed(let fault) = $0 { fault } else { nil }
    }
    if let error = stream?.error, !images.isEmpty {
      // The rest of the group ended with it.
      let last = elements.map(\.position).max() ?? 0
      faults.append(ImageFault(position: last + 1, message: GatewayMessage(error)))
    }
    let gaps = stream?.gaps ?? []
    let empty = elements.filter(\.isEmptyPlace).map(\.position) + gaps
    hasEmptyPlaces = !empty.isEmpty
    if !images.isEmpty {
      faults += empty.map { ImageFault(position: $0, message: .none) }
    }
    self.faults = faults.sorted { $0.position < $1.position }
    let nothing: [Int] = zip(elements, readings).compactMap {
      if case .nothing = $0.1 { $0.0.position } else { nil }
    }
    blanks = (nothing + gaps).sorted()
    isAmbiguous = chosen?.group.isAmbiguous ?? false
    let value = { (name: String) in stream.map { $0[name] } ?? root[name] }
    jobID = stream == nil ? JobID.read(root) : nil
    created = Self.time(value("created") ?? value("created_at"))
    model = value("model")?.string.flatMap { PrintableText.clean($0, limit: 200) }
    usage = Usage(value("usage"))
    seed = Self.seed(value("seed"))
    isCutOff = stream.map { !$0.isWhole } ?? false
  }

  /// A whole number; nil for anything else.
  static func seed(_ view: JSONView?) -> Int? { view?.integer.flatMap { Int(exactly: $0) } }

  /// Seconds or milliseconds since 1970, as a number or in digits, or ISO 8601.
  static func time(_ view: JSONView?) -> Date? {
    guard let view else { return nil }
    let text = view.string
    guard let number = view.number ?? text.flatMap({ Double($0) }) else {
      return text.flatMap(ReplyDate.iso8601)
    }
    // 100,000,000,000 seconds are the year 5138; as milliseconds, the year 1973.
    let seconds = number.magnitude >= 1e11 ? number / 1_000 : number
    guard seconds.isFinite, (0...253_402_300_799).contains(seconds) else { return nil }
    return Date(timeIntervalSince1970: seconds)
  }
}

extension Offers {
  /// The body with the base64 of images replaced.
  ///
  /// All other bytes stay the same.
  ///
  /// - Parameter replacements: The new text for each position: the digest of the stored image. Images
  ///   without one keep their base64.
  public static func redactingImages(
    in body: [UInt8], replacements: [Int: String]
  ) -> [UInt8] {
    guard let root = try? JSONDocument(body).root else { return body }
    var edited = body
    // From the end, so that earlier ranges stay valid.
    for element in ImageElement.used(in: root).reversed() {
      guard let place = element.inlineRange, let text = replacements[element.position] else {
        continue
      }
      edited.replaceSubrange(place, with: JSONWriter.literal(text))
    }
    return edited
  }
}
