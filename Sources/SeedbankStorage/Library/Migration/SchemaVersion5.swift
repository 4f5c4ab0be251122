internal import GRDB
import SeedbankQuery

/// The step from version 4 of the schema to version 5.
enum SchemaVersion5 {
  static let steps: [Migrations.Step] = [addFacetBlocks, addGuidanceIndex, clearUnchargedCosts]

  /// Adds the index that counts guidance scales without reading the rows.
  @Sendable static func addGuidanceIndex(_ database: Database, _ folder: LibraryFolder) throws {
    try database.execute(
      sql: """
        CREATE INDEX generation_guidance ON generation(guidance_scale, trashed_at)
          WHERE guidance_scale IS NOT NULL;
        """)
  }

  /// Removes the estimates of requests that were refused or failed without a charge.
  @Sendable static func clearUnchargedCosts(_ database: Database, _ folder: LibraryFolder) throws {
    try database.execute(
      sql: """
        UPDATE generation
        SET cost = NULL, cost_currency = NULL, cost_estimated = NULL, price_table = NULL
        WHERE status = 'failed' AND cost_estimated = 1
          AND NOT EXISTS (SELECT 1 FROM charge WHERE generation_id = generation.id)
        """)
  }

  /// Gives facets numbers, and adds the facets of all generations in blocks.
  @Sendable static func addFacetBlocks(_ database: Database, _ folder: LibraryFolder) throws {
    try database.execute(
      sql: """
        DROP TABLE IF EXISTS facet;
        CREATE TABLE facet (
          -- Derived: the number of generations outside the trash with each tag, model and size.
          id INTEGER PRIMARY KEY,           -- for facet_block
          kind TEXT NOT NULL,               -- 'tag', 'model' or 'size'
          value TEXT NOT NULL,
          uses INTEGER NOT NULL,            -- 0: no longer in use
          UNIQUE (kind, value)
        ) STRICT;
        CREATE TABLE facet_block (
          -- Derived: the facets of 1,024 generations each, so that counting them does not read the rows.
          id INTEGER PRIMARY KEY,           -- generation.id / 1024
          facets BLOB NOT NULL              -- see docs/format.md
        ) STRICT;
        """)
    var facets = FacetWriter(database)
    var rows = try RawRows(
      once: """
        SELECT id, model, coalesce(width || 'x' || height, size) FROM generation
        WHERE trashed_at IS NULL ORDER BY id
        """, in: database)
    var tags = try RawRows(
      once: """
        SELECT gt.generation_id, t.name FROM generation_tag AS gt CROSS JOIN tag AS t ON t.id = gt.tag_id
        ORDER BY gt.generation_id
        """, in: database)
    var hasTag = try tags.next()
    while try rows.next() {
      let id = rows.integer(0)
      var values: [(kind: FacetKind, value: String)] = []
      while hasTag, tags.integer(0) <= id {
        if tags.integer(0) == id { values.append((.tag, tags.text(1))) }
        hasTag = try tags.next()
      }
      if !rows.isNull(1) { values.append((.model, rows.text(1))) }
      if !rows.isNull(2) { values.append((.size, rows.text(2))) }
      try facets.change(id, from: [], to: values)
    }
    try facets.finish()
  }
}
