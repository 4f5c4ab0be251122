import SeedbankModel
import SeedbankStorage

/// The values of one image for a template.
struct NameFacts: Sendable {
  var generation: Generation
  var image: CataloguedImage
  /// The sequence number of the image in the export.
  var number: Int
  /// Names of the collections that hold the generation, in alphabetical order.
  var collections: [String] = []
  /// The offset from UTC, in seconds, at an instant.
  var offset: @Sendable (Timestamp) -> Int = { _ in 0 }

  /// The reference of the image: `1234`, or `1234.2` for the second image.
  var reference: String { Self.reference(generation.id, image.position) }

  static func reference(_ id: GenerationID, _ position: Int) -> String {
    position == 1 ? "\(id)" : "\(id).\(position)"
  }

  /// The text of the field before unsafe characters are replaced; nil if it is not known.
  func text(_ field: NameField, _ format: NameFormat) -> String? {
    switch field {
    case .id: number(generation.id.rawValue, format)
    case .ref: number(generation.id.rawValue, format) + reference.drop { $0 != "." }
    case .uid: generation.uid.description
    case .position: number(Int64(image.position), format)
    case .seed: generation.parameters.seed.map { seed($0, format) }
    case .prompt: generation.prompt
    case .model: generation.parameters.model
    case .size: "\(image.width)x\(image.height)"
    case .width: number(Int64(image.width), format)
    case .height: number(Int64(image.height), format)
    case .guidance: generation.parameters.guidanceScale.map { "\($0)" }
    case .created: time(generation.createdAt, format)
    case .completed: generation.completedAt.map { time($0, format) }
    case .tag: generation.tags.first
    case .tags: generation.tags.isEmpty ? nil : generation.tags.joined(separator: "+")
    case .rating: generation.rating.flatMap { number(Int64($0), format) }
    case .note: generation.note
    case .collection: collections.first
    case .status: generation.status.rawValue
    case .sha256: image.digest.hex
    case .n: number(Int64(self.number), format)
    case .ext: LibraryFolder.fileExtension(of: image.format)
    }
  }

  func time(_ time: Timestamp, _ pattern: TimePattern) -> String {
    pattern.text(of: time, offset: offset(time))
  }

  private func time(_ time: Timestamp, _ format: NameFormat) -> String {
    guard case .time(let pattern) = format else { return self.time(time, .day) }
    return self.time(time, pattern)
  }

  private func seed(_ seed: ImageSeed, _ format: NameFormat) -> String {
    guard case .padded(let width) = format else { return seed.description }
    return TimePattern.padded(seed.description, width)
  }

  private func number(_ value: Int64, _ format: NameFormat) -> String {
    guard case .padded(let width) = format else { return String(value) }
    return TimePattern.padded(Int(value), width)
  }
}

extension NameField {
  /// The text for an unknown value.
  var placeholder: String {
    switch self {
    case .tag, .tags: "untagged"
    case .rating: "unrated"
    case .collection: "no-collection"
    default: "no-\(rawValue)"
    }
  }
}
