internal import GRDB
public import SeedbankModel

/// The numbers of a library, without the trash unless it is named.
public struct LibraryStatistics: Hashable, Sendable {
  /// One model, month, provider or tag.
  public struct Group: Hashable, Sendable {
    /// The name of the model, provider or tag, or a month such as `2026-11`; empty if it is not
    /// known.
    public let name: String
    /// Number of generations.
    public let generations: Int
    /// Number of images.
    public let images: Int
    /// The size of the image files in bytes; a shared file counts in every group that uses it.
    public let bytes: Int64
    /// The tokens that the gateway reported.
    public let tokens: Int64
    /// The cost of all requests that were sent and not refused, by currency; partly estimates.
    public var cost: [String: MoneyAmount] = [:]
  }

  /// Number of generations outside the trash.
  public var generations = 0
  /// Number of generations by status.
  public var byStatus: [Status: Int] = [:]
  /// Ratings from 1 to 5.
  public var byRating: [Int: Int] = [:]
  /// Number of favorites.
  public var favorites = 0
  /// Number of reproductions.
  public var reproductions = 0
  /// Number of different prompts.
  public var prompts = 0
  /// Number of tags.
  public var tags = 0
  /// Number of collections.
  public var collections = 0
  /// Number of generations in the trash.
  public var inTrash = 0
  /// Number of images.
  public var images = 0
  /// Number of distinct image files, including those of the trash.
  public var files = 0
  /// Size of all image files in bytes.
  public var fileBytes: Int64 = 0
  /// Image files that are neither in the library nor on a remote.
  public var missingFiles = 0
  /// Image files that are on a remote only.
  public var remoteFiles = 0
  /// Size of the catalog in bytes.
  public var catalogBytes: Int64 = 0
  /// Number of tokens that the gateway charged.
  public var tokens: Int64 = 0
  /// The cost of all requests that were sent and not refused, by currency; partly estimates.
  public var cost: [String: MoneyAmount] = [:]
  /// Most generations first.
  public var models: [Group] = []
  /// Oldest first.
  public var months: [Group] = []
  /// Most generations first.
  public var providers: [Group] = []
  /// Most generations first; at most 100.
  public var topTags: [Group] = []
}

extension Library {
  /// Counts what the library contains.
  ///
  /// - Parameter utcOffset: seconds east of Greenwich, for the months.
  /// - Throws: `LibraryError`.
  public func statistics(utcOffset: Int = 0) throws -> LibraryStatistics {
    try statistics(utcOffset: utcOffset, dividing: Self.fewGenerations)
  }

  /// - Parameter fewest: the number of generations from which on two connections count.
  func statistics(utcOffset: Int = 0, dividing fewest: Int) throws -> LibraryStatistics {
    var statistics = try readInParts(dividing: fewest) { ids, database in
      let count = try StatisticsCount(ids, utcOffset: utcOffset, in: database)
      // Everything else is counted with the last part.
      return (count, ids.upperBound == .max ? try OtherCounts(database) : nil)
    }.reduce(into: Parts()) { parts, part in parts.add(part.0, part.1) }.statistics
    statistics.catalogBytes = catalogBytes
    return statistics
  }
}

/// What is counted without reading each generation.
private struct OtherCounts: Sendable {
  var statistics = LibraryStatistics()
  /// In the order of the names.
  let tags: [(id: Int64, name: String)]

  init(_ database: Database) throws {
    let rows = try Row.fetchAll(database, sql: "SELECT id, name FROM tag ORDER BY name")
    tags = rows.map { ($0[0], $0[1]) }
    try statistics.addTables(in: database)
    try statistics.addStatuses(in: database)
    try statistics.addFiles(in: database)
  }
}

/// The counts of all parts of a library.
private struct Parts {
  private var count: StatisticsCount?
  private var others: OtherCounts?

  mutating func add(_ count: StatisticsCount, _ others: OtherCounts?) {
    if self.count == nil { self.count = count } else { self.count?.add(count) }
    self.others = self.others ?? others
  }

  var statistics: LibraryStatistics {
    guard let count, let others else { return LibraryStatistics() }
    var statistics = others.statistics
    statistics.add(count)
    statistics.addTags(others.tags, count.tags)
    return statistics
  }
}

extension LibraryStatistics {
  fileprivate mutating func add(_ count: StatisticsCount) {
    generations = count.all.generations
    images = count.all.images
    tokens = count.all.wholeTokens
    cost = count.all.money
    models = Self.mostFirst(count.models.byName)
    providers = Self.mostFirst(count.providers.byName)
    months = count.months.byName
    favorites = count.favorites
    reproductions = count.reproductions
    byRating = count.byRating
    // The statement for the statuses reads only an index of the others.
    let complete = generations - byStatus.values.reduce(0, +)
    if complete > 0 { byStatus[.complete] = complete }
  }

  /// Groups that come by name, the most generations first.
  private static func mostFirst(_ groups: [Group]) -> [Group] {
    // Sorting keeps the order of equals.
    groups.sorted { $0.generations > $1.generations }
  }

  fileprivate mutating func addTags(_ names: [(id: Int64, name: String)], _ totals: TotalsByNumber)
  {
    tags = names.count
    let groups = names.compactMap { tag in totals[tag.id].map { $0.group(tag.name) } }
    topTags = Array(Self.mostFirst(groups).prefix(100))
  }

  fileprivate mutating func addTables(in database: Database) throws {
    // Prompts are counted in an index, all of them and then those that only the trash has.
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT (SELECT count(*) FROM collection),
          (SELECT count(*) FROM generation WHERE trashed_at IS NOT NULL),
          (SELECT count(*) FROM (SELECT DISTINCT prompt_id FROM generation)) - (
            SELECT count(*) FROM (
              SELECT DISTINCT prompt_id FROM generation WHERE trashed_at IS NOT NULL) AS trashed
            WHERE NOT EXISTS (
              SELECT 1 FROM generation AS g
              WHERE g.prompt_id = trashed.prompt_id AND g.trashed_at IS NULL))
        """)
    collections = row?[0] ?? 0
    inTrash = row?[1] ?? 0
    prompts = row?[2] ?? 0
  }

  fileprivate mutating func addStatuses(in database: Database) throws {
    let statuses = try Row.fetchAll(
      database,
      sql: """
        SELECT \(Ownership.status()), count(*) FROM generation
        WHERE status <> 'complete' AND trashed_at IS NULL GROUP BY 1
        """)
    for row in statuses {
      if let status = Status(rawValue: row[0]) { byStatus[status] = row[1] }
    }
  }

  fileprivate mutating func addFiles(in database: Database) throws {
    let totals = try FileTotals(in: database)
    files = totals.files
    fileBytes = totals.bytes
    missingFiles = totals.missing
    remoteFiles = totals.remote
  }
}
