import SeedbankModel

/// The values of one generation in the search index.
///
/// Code that changes one of them in the catalog must do so inside `SearchIndex.editing`.
package struct IndexedValues: Sendable {
  package var prompt: String
  package var note: String?
  package var tags: [String]
  package var model: String?
  package var size: String?
  package var width: Int?
  package var height: Int?
  package var rating: Int?
  package var isFavorite: Bool
  /// The JSON object with the settings of another tool.
  package var settings: String?

  package init(
    prompt: String, note: String?, tags: [String], model: String?, size: String?, width: Int?,
    height: Int?, rating: Int?, isFavorite: Bool, settings: String?
  ) {
    self.prompt = prompt
    self.note = note
    self.tags = tags
    self.model = model
    self.size = size
    self.width = width
    self.height = height
    self.rating = rating
    self.isFavorite = isFavorite
    self.settings = settings
  }

  /// The size for facets and `size:`: the pixels if they are known, otherwise the name.
  package var sizeLabel: String? {
    if let width, let height { return "\(width)x\(height)" }
    return size
  }

  /// The values that facets count, by kind.
  package var facets: [(kind: FacetKind, value: String)] {
    var facets: [(kind: FacetKind, value: String)] = tags.map { (.tag, $0) }
    if let model { facets.append((.model, model)) }
    if let sizeLabel { facets.append((.size, sizeLabel)) }
    return facets
  }
}

extension IndexedValues: Equatable {
  /// Whether all bytes are equal: canonically equivalent texts are different values of a facet.
  package static func == (left: Self, right: Self) -> Bool {
    left.prompt.isIdentical(to: right.prompt) && left.note.isIdentical(to: right.note)
      && left.tags.elementsEqual(right.tags) { $0.isIdentical(to: $1) }
      && left.model.isIdentical(to: right.model) && left.size.isIdentical(to: right.size)
      && left.width == right.width && left.height == right.height && left.rating == right.rating
      && left.isFavorite == right.isFavorite && left.settings.isIdentical(to: right.settings)
  }
}

/// What matches can be counted by.
public enum FacetKind: String, Sendable, CaseIterable {
  case tag, model, size
}
