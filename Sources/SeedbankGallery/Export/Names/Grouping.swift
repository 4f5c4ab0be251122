import SeedbankStorage

/// The field by which images are sorted into folders.
public enum Grouping: String, CaseIterable, Sendable {
  /// The alphabetically first tag. `client/acme` becomes two folders.
  case tag
  case model
  /// The month of recording, `2026-11`.
  case month
  case rating
  /// The alphabetically first collection.
  case collection

  /// The folders for one image, outermost first, before unsafe characters are replaced.
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
