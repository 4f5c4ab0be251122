internal import GRDB
public import SeedbankModel
public import SeedbankQuery

/// A distinct prompt and a summary of its generations.
public struct PromptSummary: Hashable, Sendable {
  /// The prompt text.
  public let text: String
  /// The number of requested generations that have the prompt.
  public let uses: Int
  /// The number of images of those generations.
  public let images: Int
  /// The highest rating, 1…5; nil if no image is rated.
  public let bestRating: Int?
  /// The time when the most recent generation was created.
  public let lastUse: Timestamp
  /// The most recent generation.
  public let newest: GenerationID
}

extension Library {
  /// Returns the distinct prompts of the matches of a query, the most recently used first.
  ///
  /// - Parameter limit: the maximum number of prompts; 0 for all.
  /// - Throws: `SearchError`, `LibraryError`.
  public func prompts(
    _ query: Query, at local: LocalTime, limit: Int = 50
  ) throws -> [PromptSummary] {
    var prompts: [PromptSummary] = []
    try forEachPrompt(query, at: local, limit: limit) { prompts.append($0) }
    return prompts
  }

  /// Calls `body` with each distinct prompt of the matches of a query, the most recently used first.
  ///
  /// Memory use hardly grows with the number of prompts: 8 bytes for each. `body` must not use this
  /// library, which is in a read transaction.
  ///
  /// - Parameter limit: the maximum number of prompts; 0 for all.
  /// - Throws: `SearchError`, `LibraryError`, and the errors that `body` throws.
  public func forEachPrompt(
    _ query: Query, at local: LocalTime, limit: Int = 50, _ body: (PromptSummary) throws -> Void
  ) throws {
    try read { database in
      let resolved = try QueryResolution(database: database).resolved(query)
      let plan = try SearchPlan(resolved, local, in: database)
      // The most recently used prompts are those of the newest generations, so a page is complete
      // soon.
      let found = try plan.run { try Self.promptIDs(of: $0, limit, in: database) }
      let matches =
        plan.isEverything ? nil : try Self.matches(of: plan, with: found, in: database)
      for prompt in found {
        if let summary = try Self.summary(of: prompt, matches, in: database) { try body(summary) }
      }
    }
  }

  /// Returns the number of distinct prompts of the matches of a query, or that it exceeds `cap`.
  ///
  /// - Throws: `SearchError`, `LibraryError`.
  public func promptCount(
    _ query: Query, at local: LocalTime, cap: Int = 1_000
  ) throws -> MatchCount {
    let cap = min(cap, SearchRequest.mostResults)
    return try read { database in
      let resolved = try QueryResolution(database: database).resolved(query)
      let count = try SearchPlan(resolved, local, in: database).run {
        try Self.promptIDs(of: $0, cap + 1, in: database).count
      }
      return count > cap ? .moreThan(cap) : .exactly(count)
    }
  }

  /// Returns the matches of a plan that have one of `prompts`.
  ///
  /// The result may include matches with other prompts.
  private static func matches(
    of plan: SearchPlan, with prompts: [Int64], in database: Database
  ) throws -> IDSet {
    guard prompts.count <= fewPrompts else { return try IDSet(plan, database) }
    let ids = try Int64.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT g.id FROM json_each(?) AS p CROSS JOIN generation AS g ON g.prompt_id = p.value
          WHERE g.trashed_at IS NULL LIMIT \(fewUses + 1)
          """), arguments: [JSONList.text(prompts)])
    guard ids.count <= fewUses else { return try IDSet(plan, database) }
    return try IDSet(plan.among(ids.sorted()), database)
  }

  private static let fewPrompts = 200
  private static let fewUses = 2_000

  private static func promptIDs(
    of plan: SearchPlan, _ limit: Int, in database: Database
  ) throws -> [Int64] {
    guard !plan.isEmpty else { return [] }
    let query =
      plan.selection("g.prompt_id", withRows: true) + SQLFragment("ORDER BY \(plan.id) DESC")
    let cursor = try Int64.fetchCursor(
      database.cachedStatement(sql: query.sql), arguments: StatementArguments(query.arguments))
    var seen = SeenIDs()
    var found: [Int64] = []
    while let id = try cursor.next(), limit == 0 || found.count < limit {
      if seen.insert(id) { found.append(id) }
    }
    return found
  }

  private static func summary(
    of prompt: Int64, _ matches: IDSet?, in database: Database
  ) throws -> PromptSummary? {
    var rows = try RawRows(usesSQL, .integer(prompt), in: database)
    var uses = 0
    var images = 0
    var best: Int64?
    var last: Int64 = .min
    var newest: Int64 = 0
    while try rows.next() {
      let id = rows.integer(0)
      guard matches?.contains(id) ?? true else { continue }
      uses += 1
      images += Int(rows.integer(3))
      if let rating = rows.optionalInteger(2) { best = max(best ?? rating, rating) }
      last = max(last, rows.integer(1))
      newest = id
    }
    var texts = try RawRows(
      "SELECT text FROM prompt WHERE id = ?", .integer(prompt), in: database)
    guard uses > 0, try texts.next() else { return nil }
    return PromptSummary(
      text: texts.text(0), uses: uses, images: images, bestRating: best.map { Int($0) },
      lastUse: Timestamp(milliseconds: last), newest: GenerationID(newest))
  }

  private static let usesSQL = """
    SELECT g.id, g.created_at, g.rating,
      (SELECT count(*) FROM image AS i WHERE i.generation_id = g.id)
    FROM generation AS g WHERE g.prompt_id = ? AND g.trashed_at IS NULL ORDER BY g.id
    """

  /// Returns the generations outside the trash that differ from this one only by their seed.
  ///
  /// The newest are first.
  ///
  /// - Parameter limit: the maximum number of generations; 0 for all.
  /// - Throws: `LibraryError`.
  public func siblings(of id: GenerationID, limit: Int = 50) throws -> [GenerationID] {
    try read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT s.id FROM generation AS g
          JOIN generation AS s ON s.prompt_id = g.prompt_id AND s.id <> g.id
            AND s.trashed_at IS NULL AND s.model IS g.model AND s.size IS g.size
            AND s.width IS g.width AND s.height IS g.height AND s.watermark IS g.watermark
            AND s.guidance_scale IS g.guidance_scale
            AND (s.seed IS NOT g.seed OR s.seed_high IS NOT g.seed_high)
          WHERE g.id = ? ORDER BY s.id DESC LIMIT ?
          """)
      return try Int64.fetchAll(statement, arguments: [id.rawValue, limit > 0 ? limit : -1]).map {
        GenerationID($0)
      }
    }
  }
}
