/// What the search index is made from: the values of one generation that it answers for.
///
/// Whoever changes one of them in the catalog does so inside `SearchIndex.editing`.
struct IndexedValues: Sendable {
  var prompt: String
  var note: String?
  var tags: [String]
  var model: String?
  var size: String?
  var width: Int?
  var height: Int?
  var rating: Int?
  var isFavorite: Bool
  /// JSON object of what another tool recorded.
  var settings: String?

  /// The size that facets count and `size:` finds: the pixels where they are known, else the name.
  var sizeLabel: String? {
    if let width, let height { return "\(width)x\(height)" }
    return size
  }

  /// The values that facets count, by kind.
  var facets: [(kind: FacetKind, value: String)] {
    var facets: [(kind: FacetKind, value: String)] = tags.map { (.tag, $0) }
    if let model { facets.append((.model, model)) }
    if let sizeLabel { facets.append((.size, sizeLabel)) }
    return facets
  }
}

/// What matches can be counted by.
public enum FacetKind: String, Sendable, CaseIterable {
  case tag, model, size
}
