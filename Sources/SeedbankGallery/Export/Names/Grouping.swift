import SeedbankStorage

/// What an export's outermost folders stand for.
public enum Grouping: String, CaseIterable, Sendable {
  /// The first tag in the alphabet, `client/acme` as two folders.
  case tag
  case model
  /// The month of recording, `2026-11`.
  case month
  case rating
  /// The first collection in the alphabet.
  case collection

  /// The folders for one image, outermost first, not yet made safe.
  func folders(_ facts: NameFacts) -> [String] {
    let value: String? =
      switch self {
      case .tag: facts.generation.tags.first
      case .model: facts.generation.parameters.model
      case .month: facts.time(facts.generation.createdAt, .month)
      case .rating: facts.generation.rating.map { "\($0)-stars" }
      case .collection: facts.collections.first
      }
    let parts = value.map { self == .tag ? $0.split(separator: "/").map(String.init) : [$0] } ?? []
    return parts.isEmpty ? [placeholder] : parts
  }

  private var placeholder: String {
    switch self {
    case .tag: NameField.tag.placeholder
    case .model: NameField.model.placeholder
    case .month: NameField.created.placeholder
    case .rating: NameField.rating.placeholder
    case .collection: NameField.collection.placeholder
    }
  }
}
