import SeedbankModel

/// What an edit sets in the index entry of a generation.
enum MarkChange {
  case rating(Int?)
  case favorite(Bool)
  /// The place of the tag in `EntryTags`.
  case tag(Int, isAdded: Bool)

  /// Nil for a field that is not in the entry as a mark, and for a tag without a place.
  ///
  /// - Parameters:
  ///   - value: as JSON; nil for none.
  ///   - place: returns the place of a tag in `EntryTags`.
  init?(_ field: EditField, _ value: String?, place: (TagName) -> Int?) {
    switch field {
    case .rating: self = .rating(value.flatMap { Int($0) })
    case .favorite: self = .favorite(value == FieldValue.yes)
    case .tag(let tag):
      guard let place = place(tag) else { return nil }
      self = .tag(place, isAdded: value != nil)
    default: return nil
    }
  }

  /// Whether it changes the words of the entry.
  var isOfTag: Bool { if case .tag = self { true } else { false } }

  /// Sets it.
  func apply(to marks: inout EntryMarks) {
    switch self {
    case .rating(let rating): marks.rating = rating
    case .favorite(let flag): marks.isFavorite = flag
    case .tag(let place, isAdded: true): marks.add(place)
    case .tag(let place, isAdded: false): marks.remove(place)
    }
  }
}
