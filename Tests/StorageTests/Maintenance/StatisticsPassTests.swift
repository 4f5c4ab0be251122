import GRDB
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("Counting in one pass") struct StatisticsPassTests {
  @Test(
    "one pass over the rows has the same counts as a statement for each group", arguments: 1...6,
    [0, 19_800, -36_000])
  func agreement(_ seed: Int, offset: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 900)
    let fixture = try SearchFixture()
    try fixture.fill(60, &random)
    try fixture.library.write { database in
      try Self.vary(database, &random)
      try SearchIndex.rebuild(in: database)
    }
    let found = try fixture.library.statistics(utcOffset: { _ in Int64(offset) })
    let expected = try fixture.library.read { try SlowStatistics($0, offset) }
    #expect(found.models == expected.models)
    #expect(found.months == expected.months)
    #expect(found.providers == expected.providers)
    #expect(found.topTags == expected.tags)
    #expect(found.byStatus == expected.byStatus)
    #expect(found.byRating == expected.byRating)
    let counts = [
      found.generations, found.favorites, found.reproductions, found.prompts, found.images,
      found.files, Int(found.fileBytes), found.missingFiles + found.remoteFiles,
      found.inTrash, Int(found.tokens),
    ]
    #expect(counts == expected.counts)
    #expect(found.cost == expected.cost)
  }

  /// Adds costs, usage of several kinds, months in the distant past, files that several rows share,
  /// and tags with unusual ids.
  private static func vary(_ database: Database, _ random: inout SeededGenerator) throws {
    let usages = [
      #"{"total_tokens":120}"#, #"{"output_tokens":7,"total_tokens":null}"#, "no JSON", "{}",
      #"{"total_tokens":"31"}"#, #"{"total_tokens":2.5}"#, "[]",
    ]
    for id in 1...60 {
      let usage = random.maybe { usages.randomElement(using: &$0) ?? "" }
      let cost = random.maybe { Int64.random(in: 0...90_000, using: &$0) }
      let currency = random.maybe { ["USD", "EUR"].randomElement(using: &$0) ?? "" }
      try database.execute(
        sql: "UPDATE generation SET usage = ?, cost = ?, cost_currency = ? WHERE id = ?",
        arguments: [usage, cost, currency, id])
    }
    for (id, time) in [(5, -1), (6, -86_400_000), (7, 951_825_599_999), (8, 1 << 60)] {
      try database.execute(
        sql: "UPDATE generation SET created_at = ? WHERE id = ?", arguments: [time, id])
    }
    for (tag, name) in [(70_000, "high"), (-3, "negative")] {
      try database.execute(
        sql: "INSERT INTO tag(id, name) VALUES (?, ?)", arguments: [tag, name])
      try database.execute(
        sql: "INSERT INTO generation_tag SELECT id, ? FROM generation WHERE id % 3 = 0",
        arguments: [tag])
    }
    try database.execute(
      sql: "UPDATE image SET bytes = id * 3, missing_since = iif(id % 5 = 0, 1, NULL)")
    try database.execute(
      sql: """
        UPDATE reference_image SET format = 'jpeg', sha256 = (SELECT sha256 FROM image LIMIT 1)
        WHERE generation_id % 7 = 0
        """)
  }

  @Test("files that several rows share are counted once, however they are read", arguments: 1...6)
  func sharedFiles(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 1_300)
    let fixture = try SearchFixture()
    try fixture.fill(80, &random)
    let share = Int.random(in: 1...12, using: &random)
    try fixture.library.write { database in
      try database.execute(
        sql: """
          INSERT INTO remote(name, url) VALUES ('far', 'file:///far');
          UPDATE image SET bytes = 10 + id % 3, format = iif(id % 4 = 0, 'png', 'jpeg'),
            missing_since = iif(id % 5 = 0, 1, NULL),
            sha256 = iif(id % 12 < \(share), CAST('digest' || (id % 7) AS BLOB), sha256);
          UPDATE reference_image SET format = 'jpeg', sha256 = CAST('digest' || (generation_id % 9) AS BLOB);
          INSERT INTO remote_image(sha256, remote)
            SELECT DISTINCT sha256, 'far' FROM image WHERE id % 2 = 0
          """)
    }
    let expected = try fixture.library.read { database in
      try Row.fetchOne(
        database,
        sql: """
          WITH file AS (
            SELECT max(bytes) AS bytes, max(missing_since IS NOT NULL) AS missing,
              max(missing_since IS NOT NULL AND sha256 IN (SELECT sha256 FROM remote_image)) AS remote
            FROM (SELECT sha256, format, bytes, missing_since FROM image
              UNION ALL SELECT sha256, format, bytes, missing_since FROM reference_image)
            GROUP BY sha256, format)
          SELECT count(*), total(bytes), total(missing AND NOT remote), total(missing AND remote)
          FROM file
          """
      ).map { [$0[0], $0[1], $0[2], $0[3]] as [Int] }
    }
    for batch in [1, 2, 1_000] {
      let found = try fixture.library.read { try FileTotals(in: $0, batch: batch) }
      #expect([found.files, Int(found.bytes), found.missing, found.remote] == expected)
    }
  }

  @Test("each month begins by the time zone of its own start, also where clocks change")
  func months() throws {
    let home = try TemporaryLibrary()
    let times = [
      "2026-11-30T22:30:00Z", "2026-07-31T22:30:00Z", "2026-10-31T22:59:59Z",
      "2026-10-31T23:00:00Z", "2026-07-31T21:59:59Z", "2026-11-30T23:00:00Z",
    ]
    let ids = try home.library.plant(times)
    try home.library.write { database in
      for (id, text) in zip(ids, times) {
        let time = try #require(Timestamp(rfc3339: text))
        try database.execute(
          sql: "UPDATE generation SET created_at = ? WHERE id = ?",
          arguments: [time.milliseconds, id.rawValue])
      }
    }
    // In Berlin, summer time ends on 2026-10-25 at 01:00 UTC.
    let found = try home.library.statistics(utcOffset: { $0 < 1_792_890_000 ? 7_200 : 3_600 })
    #expect(
      found.months.map { "\($0.name): \($0.generations)" }
        == ["2026-07: 1", "2026-08: 1", "2026-10: 1", "2026-11: 2", "2026-12: 1"])
  }

  @Test("sums of sizes and costs end at the largest number")
  func hugeNumbers() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat", "dog", "owl"])
    try home.library.write { database in
      try database.execute(
        sql: """
          UPDATE image SET bytes = \(Int64.max), missing_since = 1;
          UPDATE generation SET cost = \(Int64.max), cost_currency = 'USD';
          INSERT INTO remote(name, url) VALUES ('far', 'file:///far');
          INSERT INTO remote_image(sha256, remote) SELECT sha256, 'far' FROM image
          """)
    }
    let found = try home.library.statistics()
    #expect(found.fileBytes == .max && found.models.map(\.bytes) == [.max])
    #expect(found.cost == ["USD": MoneyAmount(microunits: .max)])
    #expect(try home.library.size().fileBytes == .max)
    let plan = try home.library.fetchPlan(from: "far", of: ids)
    #expect(plan == ImagePlan(images: 3, bytes: .max))
  }

  @Test("sums of tokens do not depend on the order, and end at the largest number")
  func tokens() {
    func sum(_ values: [Double]) -> Int64 {
      values.reduce(into: TokenSum()) { $0.add(TokenSum($1)) }.whole
    }
    let values = [120, 0.1, 2.5, 1e15, 0.4, -7.9, 31]
    #expect(sum(values) == sum(values.reversed()))
    #expect(sum(values) == 1_000_000_000_000_146)
    #expect(sum([-2.5]) == -2)
    #expect(sum([1e300, 5]) == .max)
    #expect(sum([.infinity, .infinity]) == .max)
    #expect(sum([-.infinity]) == 0)
    #expect(sum([]) == 0)
  }

  @Test("the work grows with the number of generations, and no faster")
  func growth() throws {
    func instructions(_ count: Int) throws -> Int {
      let home = try TemporaryLibrary()
      try home.library.add(many: count)
      return try home.library.instructions { _ = try home.library.statistics() }
    }
    let (few, many) = (try instructions(500), try instructions(5_000))
    // With one statement for each group, more than three hundred instructions were needed for each
    // generation.
    #expect(many < few * 11)
    #expect(many < 5_000 * 40 / 100)
  }
}

/// The statistics in plain SQL, with one statement for each value.
private struct SlowStatistics {
  let models, months, providers, tags: [LibraryStatistics.Group]
  let byStatus: [Status: Int]
  let byRating: [Int: Int]
  let counts: [Int]
  let cost: [String: MoneyAmount]

  init(_ database: Database, _ offset: Int) throws {
    models = try Self.groups("coalesce(g.model, '')", "2 DESC, 1", database)
    months = try Self.groups(
      """
      coalesce(strftime('%Y-%m',
        (g.created_at - iif(g.created_at < 0, 999, 0)) / 1000 + \(offset), 'unixepoch'), '')
      """, "1", database)
    providers = try Self.groups("coalesce(g.provider, '')", "2 DESC, 1", database)
    tags = try Self.groups(
      "t.name", "2 DESC, 1 LIMIT 100", database,
      join: """
        JOIN generation_tag AS gt ON gt.generation_id = g.id JOIN tag AS t ON t.id = gt.tag_id
        """)
    let statuses = try Row.fetchAll(
      database,
      sql: """
        SELECT \(Ownership.status()), count(*) FROM generation WHERE trashed_at IS NULL GROUP BY 1
        """)
    byStatus = Dictionary(
      uniqueKeysWithValues: statuses.compactMap { row in
        Status(rawValue: row[0]).map { ($0, row[1]) }
      })
    let ratings = try Row.fetchAll(
      database,
      sql: """
        SELECT rating, count(*) FROM generation WHERE trashed_at IS NULL AND rating IS NOT NULL
        GROUP BY 1
        """)
    byRating = Dictionary(uniqueKeysWithValues: ratings.map { ($0[0], $0[1]) })
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT count(*), total(favorite), count(parent_id), count(DISTINCT prompt_id),
          (SELECT count(*) FROM image JOIN generation AS own ON own.id = generation_id
            WHERE own.trashed_at IS NULL),
          (SELECT count(*) FROM (\(Self.files))), (SELECT total(bytes) FROM (\(Self.files))),
          (SELECT total(missing) FROM (\(Self.files))),
          (SELECT count(*) FROM generation WHERE trashed_at IS NOT NULL), \(Self.tokens)
        FROM generation AS g WHERE trashed_at IS NULL
        """)
    counts = try (0..<10).map { try #require(row)[$0] }
    cost = try Self.costs("''", "", database)[""] ?? [:]
  }

  private static let files = """
    SELECT max(bytes) AS bytes, max(missing_since IS NOT NULL) AS missing
    FROM (SELECT sha256, format, bytes, missing_since FROM image
      UNION ALL SELECT sha256, format, bytes, missing_since FROM reference_image)
    GROUP BY sha256, format
    """
  private static let tokens = """
    total(CASE WHEN json_valid(g.usage) THEN coalesce(
      json_extract(g.usage, '$.total_tokens'), json_extract(g.usage, '$.output_tokens'), 0) END)
    """

  private static func groups(
    _ key: String, _ order: String, _ database: Database, join: String = ""
  ) throws -> [LibraryStatistics.Group] {
    let costs = try costs(key, join, database)
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
        name: row[0], generations: row[1], images: row[2], bytes: row[3], tokens: row[4],
        cost: costs[row[0]] ?? [:])
    }
  }

  private static func costs(
    _ key: String, _ join: String, _ database: Database
  ) throws -> [String: [String: MoneyAmount]] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT \(key), coalesce(g.cost_currency, ''), sum(g.cost) FROM generation AS g \(join)
        WHERE g.trashed_at IS NULL AND g.cost IS NOT NULL AND g.status <> 'queued'
        GROUP BY 1, 2
        """)
    return rows.reduce(into: [:]) { costs, row in
      costs[row[0], default: [:]][row[1]] = MoneyAmount(microunits: row[2])
    }
  }
}
