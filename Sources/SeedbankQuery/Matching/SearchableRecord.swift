public import SeedbankModel

/// A generation with the other data that a query can search.
public struct SearchableRecord: Sendable {
  /// The generation.
  public let generation: Generation
  /// The names of the collections that it is in.
  ///
  /// Not a set: two names can differ only in how their accents are written.
  public let collections: [String]
  /// Whether another generation outside the trash reproduces it.
  public let isReproduced: Bool

  package let columns: [[ArraySlice<UInt8>]]

  /// Makes a record of a generation and the other data.
  public init(
    _ generation: Generation, collections: [String] = [], isReproduced: Bool = false
  ) {
    self.generation = generation
    self.collections = collections
    self.isReproduced = isReproduced
    columns = IndexedText(IndexedValues(generation)).columns.map {
      $0.split(separator: UInt8(ascii: " "))
    }
  }

  package var sizeLabel: String? { IndexedValues(generation).sizeLabel }

  func holds(_ words: Words, in field: TextField) -> Bool {
    func holds(_ columns: ArraySlice<[ArraySlice<UInt8>]>, _ kind: FacetToken.Kind? = nil) -> Bool {
      let phrase = Phrase(words, prefix: kind?.rawValue)
      return columns.contains { !phrase.occurrences(in: $0).isEmpty }
    }
    switch field {
    case .anywhere: return holds(columns[0...2])
    case .prompt: return holds(columns[0...0])
    case .note: return holds(columns[1...1])
    case .negative: return holds(columns[3...3], .negative)
    case .settings: return holds(columns[3...3], .setting) || holds(columns[3...3], .negative)
    }
  }
}

extension IndexedValues {
  package init(_ generation: Generation) {
    self.init(
      prompt: generation.prompt, note: generation.note, tags: generation.tags,
      model: generation.parameters.model, size: generation.parameters.size,
      width: generation.parameters.width, height: generation.parameters.height,
      rating: generation.rating, isFavorite: generation.isFavorite,
      settings: generation.provenance?.settings)
  }
}
