import FilePaths
internal import GRDB
public import SeedbankModel

/// How much a library holds, the trash left out but where it is named.
public struct LibraryStatistics: Hashable, Sendable {
  /// One model, month, provider or tag.
  public struct Group: Hashable, Sendable {
    /// The model, the provider or the tag; a month like `2026-11`; empty where none is known.
    public let name: String
    public let generations: Int
    public let images: Int
    /// Of image files; shared ones count wherever they are used.
    public let bytes: Int64
    /// As the gateway reported them.
    public let tokens: Int64
    /// The cost of all requests that were sent and not refused, by currency; partly estimates.
    public var cost: [String: MoneyAmount] = [:]
  }

  public var generations = 0
  public var byStatus: [Status: Int] = [:]
  /// Ratings from 1 to 5.
  public var byRating: [Int: Int] = [:]
  public var favorites = 0
  public var reproductions = 0
  public var prompts = 0
  public var tags = 0
  public var collections = 0
  public var inTrash = 0
  public var images = 0
  /// Distinct image files, the trash's included, and what they take on the disk.
  public var files = 0
  public var fileBytes: Int64 = 0
  /// Image files that are neither in the library nor on a remote.
  public var missingFiles = 0
  /// Image files that are on a remote only.
  public var remoteFiles = 0
  public var catalogBytes: Int64 = 0
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
  /// Counts what the library holds.
  ///
  /// - Parameter utcOffset: seconds east of Greenwich, for the months.
  /// - Throws: `LibraryError`.
  public func statistics(utcOffset: Int = 0) throws -> LibraryStatistics {
    var statistics = try read { database in
      var statistics = LibraryStatistics()
      try Statistics.count(&statistics, in: database)
      statistics.models = try Statistics.groups(
        by: "coalesce(g.model, '')", order: "2 DESC, 1", in: database)
      statistics.months = try Statistics.groups(
        by: "strftime('%Y-%m', g.created_at / 1000 + \(utcOffset), 'unixepoch')", order: "1",
        in: database)
      statistics.providers = try Statistics.groups(
        by: "coalesce(g.provider, '')", order: "2 DESC, 1", in: database)
      statistics.cost = try Statistics.costs(by: "''", in: database)[""] ?? [:]
      statistics.topTags = try Statistics.groups(
        by: "t.name",
        join: """
          JOIN generation_tag AS gt ON gt.generation_id = g.id JOIN tag AS t ON t.id = gt.tag_id
          """, order: "2 DESC, 1 LIMIT 100", in: database)
      return statistics
    }
    for suffix in ["", "-wal"] {
      statistics.catalogBytes += FileSystem.size(folder.catalog + suffix) ?? 0
    }
    return statistics
  }
}

private enum Statistics {
  /// The gateway's token count, whichever of its names it came under; text that is no JSON has none.
  private static let tokens = """
    total(CASE WHEN json_valid(g.usage) THEN coalesce(
      json_extract(g.usage, '$.total_tokens'), json_extract(g.usage, '$.output_tokens'), 0) END)
    """

  static func groups(
    by key: String, join: String = "", order: String, in database: Database
  ) throws -> [LibraryStatistics.Group] {
    let costs = try costs(by: key, join: join, in: database)
    return try Row.fetchAll(
      database,
      sql: """
        SELECT \(key), count(*), total(i.number), total(i.bytes), \(tokens)
        FROM generation AS g \(join)
        LEFT JOIN (
          SELECT generation_id, count(*) AS number, sum(bytes) AS bytes FROM image
          GROUP BY generation_id) AS i ON i.generation_id = g.id
        WHERE g.trashed_at IS NULL GROUP BY 1 ORDER BY \(order)
        """
    ).map { row in
      LibraryStatistics.Group(
        name: row[0] ?? "", generations: row[1], images: row[2], bytes: row[3], tokens: row[4],
        cost: costs[row[0] ?? ""] ?? [:])
    }
  }

  /// The cost of each group, by currency.
  static func costs(
    by key: String, join: String = "", in database: Database
  ) throws -> [String: [String: MoneyAmount]] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT \(key), coalesce(g.cost_currency, ''), sum(g.cost) FROM generation AS g \(join)
        WHERE g.trashed_at IS NULL AND g.cost IS NOT NULL AND g.status NOT IN ('queued', 'failed')
        GROUP BY 1, 2
        """)
    return rows.reduce(into: [:]) { costs, row in
      costs[row[0] ?? "", default: [:]][row[1]] = MoneyAmount(microunits: row[2])
    }
  }

  static func count(_ statistics: inout LibraryStatistics, in database: Database) throws {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT count(*) AS generations, total(favorite) AS favorites,
          count(parent_id) AS reproductions, count(DISTINCT prompt_id) AS prompts,
          \(tokens) AS tokens,
          (SELECT count(*) FROM tag) AS tags, (SELECT count(*) FROM collection) AS collections,
          (SELECT count(*) FROM generation WHERE trashed_at IS NOT NULL) AS trashed,
          (SELECT count(*) FROM image JOIN generation AS owner ON owner.id = generation_id
            WHERE owner.trashed_at IS NULL) AS images
        FROM generation AS g WHERE trashed_at IS NULL
        """)
    guard let row else { return }
    statistics.generations = row["generations"]
    statistics.favorites = row["favorites"]
    statistics.reproductions = row["reproductions"]
    statistics.prompts = row["prompts"]
    statistics.tokens = row["tokens"]
    statistics.tags = row["tags"]
    statistics.collections = row["collections"]
    statistics.inTrash = row["trashed"]
    statistics.images = row["images"]
    try countFiles(&statistics, in: database)
    let statuses = try Row.fetchAll(
      database,
      sql: """
        SELECT \(Ownership.status()), count(*) FROM generation WHERE trashed_at IS NULL GROUP BY 1
        """)
    for row in statuses {
      if let status = Status(rawValue: row[0]) { statistics.byStatus[status] = row[1] }
    }
    let ratings = try Row.fetchAll(
      database,
      sql: """
        SELECT rating, count(*) FROM generation
        WHERE rating IS NOT NULL AND trashed_at IS NULL GROUP BY 1
        """)
    for row in ratings { statistics.byRating[row[0]] = row[1] }
  }

  private static func countFiles(
    _ statistics: inout LibraryStatistics, in database: Database
  ) throws {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT count(*), total(bytes), total(missing AND NOT remote), total(missing AND remote) FROM (
          SELECT max(bytes) AS bytes, max(missing_since IS NOT NULL) AS missing,
            max(missing_since IS NOT NULL AND \(FilePlace.isOnRemote("file."))) AS remote
          FROM (SELECT sha256, format, bytes, missing_since FROM image
            UNION ALL SELECT sha256, format, bytes, missing_since FROM reference_image) AS file
          GROUP BY sha256, format)
        """)
    statistics.files = row?[0] ?? 0
    statistics.fileBytes = row?[1] ?? 0
    statistics.missingFiles = row?[2] ?? 0
    statistics.remoteFiles = row?[3] ?? 0
  }
}
