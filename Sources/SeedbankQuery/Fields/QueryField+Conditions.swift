import SeedbankModel

extension QueryField {
  /// Fields that are answered by the search index or by an index of the rows.
  static let indexed: [QueryField] = [
    QueryField(
      "tag", takes: "a tag's name, as in client/acme, or =NAME for that tag alone",
      completion: .tags
    ) { value, isQuoted in TagPattern(typed: value, isQuoted: isQuoted).map { .tag($0) } },
    QueryField(
      "seed",
      takes: "a whole number, its first digits as in 12*, a range as in 1..100 or >=5, or none",
      completion: .words(["none"])
    ) { value, _ in Condition.parsedSeed(value.lowercased()) },
    QueryField(
      "model", takes: "a model's name, in which * stands for any text, or none",
      completion: .models
    ) { value, _ in .model(value.lowercased() == "none" ? nil : Wildcard(text: value)) },
    QueryField("size", takes: "a size as in 1024x1024 or 2K, or none", completion: .sizes) {
      value, _ in Condition.parsedSize(value.lowercased())
    },
    QueryField("width", takes: pixelRange) { value, _ in
      Interval(value, number: QueryNumber.pixels).map { .width($0) }
    },
    QueryField("height", takes: pixelRange) { value, _ in
      Interval(value, number: QueryNumber.pixels).map { .height($0) }
    },
    QueryField(
      "ratio", takes: "portrait, landscape, square or two numbers, as in 16:9",
      completion: .words(["portrait", "landscape", "square", "16:9"])
    ) { value, _ in RatioPattern(value.lowercased()).map { .ratio($0) } },
    QueryField(
      "rating", takes: "1 to 5, a range as in >=4, or none",
      completion: .words(["5", "4", "3", "2", "1", "4..", "none"])
    ) { value, _ in
      ["none", "0"].contains(value.lowercased())
        ? .rating(nil) : Interval(value, number: QueryNumber.stars).map { .rating($0) }
    },
    words("status", Status.allCases) { .status($0) },
    words("is", State.allCases) { .state($0) },
    words("has", Part.allCases) { .has($0) },
  ]

  static let dates: [QueryField] = [
    QueryField(
      "created", takes: date + ", or a range as in 2026-11-01..2026-11-15", completion: dateWords
    ) { value, _ in DatePattern(value.lowercased()).map { .created($0) } },
    QueryField("before", takes: date, completion: dateWords) { value, _ in
      DateExpression(value).map { .created(.before($0)) }
    },
    QueryField("after", takes: date, completion: dateWords) { value, _ in
      DateExpression(value).map { .created(.after($0)) }
    },
  ]

  /// Fields whose values refer to other things in the library.
  static let related: [QueryField] = [
    QueryField("collection", takes: "a collection's name", completion: .collections) { value, _ in
      .collection(value)
    },
    QueryField("search", takes: "the name of a saved search", completion: .savedSearches) {
      value, _ in .savedSearch(value)
    },
    QueryField(
      "parent", takes: "a generation: its id, @last, sha256:… or the path of an image file",
      completion: .words(["@last"])
    ) { value, _ in
      QueryNumber.pixels(value).map { .parent($0) } ?? Condition.parsedParent(value)
    },
    .id,
    QueryField(
      "similar", takes: "a generation or the path of an image file", completion: .words(["@last"])
    ) { value, _ in .similar(value) },
  ]

  /// The field for generations.
  ///
  /// The parser also reads lists and names other than ids.
  static let id = QueryField(
    "id",
    takes: "the id of a generation, several as in 31,27, a range as in 10..20, or @last"
  ) { value, _ in Interval(value, number: QueryNumber.pixels).map { .id($0) } }

  private static let pixelRange = "a number of pixels or a range, as in >=1024 or 512..1024"
  private static let date = "a date as in 2026, 2026-11, 2026-11-15, today or 7d"
  private static let dateWords = FieldCompletion.words(["today", "yesterday", "7d", "30d"])

  private static func words<Value: RawRepresentable<String> & Sendable>(
    _ name: String, _ values: [Value], _ condition: @escaping @Sendable (Value) -> Condition
  ) -> QueryField {
    let words = values.map(\.rawValue)
    return QueryField(name, takes: list(words), completion: .words(words)) { value, _ in
      Value(rawValue: value.lowercased()).map(condition)
    }
  }
}
