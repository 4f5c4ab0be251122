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
  /// - Parameter utcOffset: seconds east of UTC at an instant, which is given in seconds since 1970; for the
  ///   months. The default is UTC.
  /// - Throws: `LibraryError`.
  public func statistics(
    utcOffset: @escaping @Sendable (Int64) -> Int64 = { _ in 0 }
  ) throws -> LibraryStatistics {
    try statistics(utcOffset: utcOffset, dividing: Self.fewGenerations)
  }

  /// - Parameters:
  ///   - fewest: the number of generations from which on two connections count.
  ///   - chunk: the number of ids that are counted at a time.
  func statistics(
    utcOffset: @escaping @Sendable (Int64) -> Int64 = { _ in 0 }, dividing fewest: Int,
    chunk: Int64 = 16_384
  ) throws -> LibraryStatistics {
    // The time is not used, only the offset.
    let local = LocalTime(now: Timestamp(milliseconds: 0), offset: utcOffset)
    func parts(readsRows: Bool) throws -> StatisticsParts {
      let work = StatisticsWork(chunk: chunk)
      return try readTogether(dividing: fewest) { database in
        try StatisticsParts(work, local, readsRows: readsRows, in: database)
      }.reduce(into: StatisticsParts()) { $0.add($1) }
    }
    var found: StatisticsParts?
    do {
      var parts = try parts(readsRows: false)
      if parts.agreesWithFacets() { found = parts }
    } catch LibraryError.indexDamaged {
      // The rows contain the same facets but are slower to read.
    }
    var statistics = try (found ?? parts(readsRows: true)).statistics
    statistics.catalogBytes = catalogBytes
    return statistics
  }
}

/// The counts of some parts of a library.
private struct StatisticsParts: Sendable {
  private var count: StatisticsCount?
  private var files: FileTotals?
  private var prompts: Int?
  private var tables: LibraryStatistics?

  init() {}

  /// Counts parts until all are taken.
  init(
    _ work: StatisticsWork, _ local: LocalTime, readsRows: Bool, in database: Database
  ) throws {
    var count = try StatisticsCount(local, readsRows: readsRows, in: database)
    while let part = try work.next(in: database) {
      switch part {
      case .files: files = try FileTotals(in: database)
      case .prompts: prompts = try LibraryStatistics.prompts(in: database)
      case .tables:
        var tables = LibraryStatistics()
        try tables.addTables(in: database)
        try tables.addStatuses(in: database)
        self.tables = tables
      case .generations(let ids): try count.add(ids, in: database)
      }
    }
    self.count = count
  }

  mutating func add(_ other: StatisticsParts) {
    if let others = other.count {
      if count == nil { count = others } else { count?.add(others) }
    }
    files = files ?? other.files
    prompts = prompts ?? other.prompts
    tables = tables ?? other.tables
  }

  /// Whether the blocks contain the facets that the table of facets has.
  mutating func agreesWithFacets() -> Bool { count?.agreesWithFacets() ?? true }

  var statistics: LibraryStatistics {
    guard let count, let files, let prompts, var statistics = tables else {
      return LibraryStatistics()
    }
    statistics.prompts = prompts
    statistics.add(files)
    statistics.add(count)
    return statistics
  }
}

extension LibraryStatistics {
  fileprivate mutating func add(_ count: StatisticsCount) {
    generations = count.all.generations
    images = count.all.images
    tokens = count.all.tokens.whole
    cost = count.all.money
    models = Self.mostFirst(count.models.byName)
    providers = Self.mostFirst(count.providers.byName)
    months = count.months.byName
    topTags = Array(Self.mostFirst(count.tags.byName).prefix(100))
    favorites = count.favorites
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

  fileprivate mutating func addTables(in database: Database) throws {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT (SELECT count(*) FROM collection), (SELECT count(*) FROM tag),
          (SELECT count(*) FROM generation WHERE trashed_at IS NOT NULL),
          (SELECT count(*) FROM generation WHERE parent_id IS NOT NULL) - (
            SELECT count(*) FROM generation WHERE trashed_at IS NOT NULL AND +parent_id IS NOT NULL)
        """)
    collections = row?[0] ?? 0
    tags = row?[1] ?? 0
    inTrash = row?[2] ?? 0
    reproductions = row?[3] ?? 0
  }

  /// Prompts are counted in an index, all of them and then those that only the trash has.
  fileprivate static func prompts(in database: Database) throws -> Int {
    let count = try database.integer(
      """
      SELECT (SELECT count(*) FROM (SELECT DISTINCT prompt_id FROM generation)) - (
        SELECT count(*) FROM (
          SELECT DISTINCT prompt_id FROM generation WHERE trashed_at IS NOT NULL) AS trashed
        WHERE NOT EXISTS (
          SELECT 1 FROM generation AS g
          WHERE g.prompt_id = trashed.prompt_id AND g.trashed_at IS NULL))
      """)
    return Int(count ?? 0)
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

  fileprivate mutating func add(_ totals: FileTotals) {
    files = totals.files
    fileBytes = totals.bytes
    missingFiles = totals.missing
    remoteFiles = totals.remote
  }
}
