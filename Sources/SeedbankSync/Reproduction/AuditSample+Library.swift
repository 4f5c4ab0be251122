public import SeedbankModel
public import SeedbankStorage

extension AuditSample {
  private static let page = 200

  /// Draws a sample from generations of a library.
  ///
  /// - Parameters:
  ///   - ids: the generations to draw from.
  ///   - size: the largest number of generations of each group.
  ///   - local: the time zone of the months.
  /// - Throws: `LibraryError`.
  public init(
    of ids: [GenerationID], size: Int, in library: Library, at local: LocalTime,
    using random: inout some RandomNumberGenerator
  ) throws {
    self.init(size: size)
    for page in ids.chunks(of: Self.page) {
      for generation in try library.generations(Array(page)) {
        consider(generation, at: local, using: &random)
      }
    }
  }

  /// Returns the requests of the sample again, unchanged, each linked to its original.
  ///
  /// - Parameter provider: Returns the provider that the request of a generation is for.
  /// - Throws: `RequestError`, `LibraryError`, or what `provider` throws.
  package func drafts(
    in library: Library, provider: (Generation) throws -> RequestProvider, tags: [TagName],
    at time: Timestamp, using random: inout some RandomNumberGenerator
  ) throws -> [GenerationDraft] {
    var drafts: [GenerationDraft] = []
    for id in ids {
      guard let original = try library.generation(id) else {
        throw LibraryError.noSuchGeneration(id)
      }
      let plan = try ReproductionPlan(
        of: original, recorded: library.requestBody(of: id), provider: provider(original))
      drafts.append(
        try plan.draft(plan.cell([], using: &random), tags: tags, at: time, using: &random))
    }
    return drafts
  }
}

extension AuditReport {
  /// Counts the verdicts on reproductions as they are recorded now.
  ///
  /// - Parameter local: the time zone of the months.
  /// - Throws: `LibraryError`.
  public init(
    of reproductions: [GenerationID], in library: Library, at local: LocalTime
  ) throws {
    self.init(
      try library.generations(reproductions).compactMap { reproduction in
        try reproduction.parent.flatMap { try library.generation($0) }.map {
          (original: $0, reproduction: reproduction)
        }
      }, at: local)
  }
}
