import SeedbankQuery

/// What an edit of ratings, favorite flags or tags changes in the index entry and the facets of a generation.
struct EntryChange {
  /// The words of the tags before and after; empty if the edit does not change them.
  private(set) var oldTag: [UInt8] = []
  private(set) var newTag: [UInt8] = []
  /// The tokens in the column of facets that are removed and added.
  private(set) var oldMarks: [UInt8] = []
  private(set) var newMarks: [UInt8] = []
  /// The places in `EntryTags` of the tags whose words change.
  private(set) var wordsOf: [Int] = []
  /// The numbers of the facets of the tags before and after; empty if the tags are the same.
  var oldFacets: [Int64] = []
  var newFacets: [Int64] = []

  init(from old: EntryColumns, to new: EntryColumns, in column: FacetColumn) {
    if old.tag != new.tag {
      (oldTag, newTag) = (old.tag, new.tag)
      wordsOf = new.sorted + old.sorted.filter { !new.sorted.contains($0) }
    }
    let marks = MarkDifference(from: old.marks, to: new.marks)
    (oldMarks, newMarks) = (Array(marks.removed), Array(marks.added))
    if !marks.isEmpty, column.endsWithWords {
      oldMarks = column.column(withMarks: old.marks)
      newMarks = column.column(withMarks: new.marks)
    }
    isEmpty = oldTag.isEmpty && newTag.isEmpty && oldMarks.isEmpty && newMarks.isEmpty
  }

  var hasOtherFacets: Bool { oldFacets != newFacets }

  /// Whether the index entry stays as it is.
  let isEmpty: Bool
}

extension EntryChange {
  /// What a change depends on.
  struct Key: Hashable {
    private var numbers: [Int] = []

    mutating func set(
      _ row: MarkedEntries.Row, _ column: FacetColumn, _ tags: ArraySlice<Int>, _ marks: EntryMarks
    ) {
      numbers.removeAll(keepingCapacity: true)
      // Few generations have a column whose other tokens matter.
      numbers.append(column.endsWithWords ? row.frame : column.hasNote ? -1 : -2)
      numbers.append(tags.count)
      append(row.rating, row.isFavorite)
      append(marks.rating, marks.isFavorite)
      numbers += tags
      numbers += marks.tags
    }

    private mutating func append(_ rating: Int?, _ isFavorite: Bool) {
      numbers.append(rating ?? -1)
      numbers.append(isFavorite ? 1 : 0)
    }
  }
}

/// The parts of an index entry that edits of ratings, favorite flags and tags can change.
struct EntryColumns {
  /// The column of the words of tags.
  private(set) var tag: [UInt8] = []
  /// The marks in the column of facets.
  private(set) var marks: [UInt8] = []
  /// The places of the tags, in the order of the entry.
  private(set) var sorted: [Int] = []

  /// - Parameter withWords: whether `tag` is needed.
  init(
    _ frame: FacetColumn, _ places: ArraySlice<Int>, rating: Int?, isFavorite: Bool,
    withWords: Bool, _ tags: EntryTags
  ) {
    sorted = places.sorted { tags.all[$0].order.lexicographicallyPrecedes(tags.all[$1].order) }
    if withWords {
      for (number, place) in sorted.enumerated() {
        tags.all[place].tokens.appendWords(to: &tag, isFirst: number == 0)
      }
    }
    let sorted = sorted
    frame.appendMarks(
      rating: rating, isFavorite: isFavorite, tags: sorted.count, to: &marks
    ) { number, bytes in
      bytes.append(contentsOf: tags.all[sorted[number]].tokens.names)
    }
  }
}
