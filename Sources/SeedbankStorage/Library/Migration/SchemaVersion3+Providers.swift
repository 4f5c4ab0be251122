internal import GRDB

extension SchemaVersion3 {
  /// Adds the data about the service of each request.
  ///
  /// All earlier requests went to one endpoint.
  @Sendable static func addProviders(_ database: Database, _ folder: LibraryFolder) throws {
    for column in [
      "provider TEXT", "endpoint TEXT", "model_echoed TEXT", "seed_echoed TEXT",
      "group_size INTEGER", "client_request_id TEXT", "sent_sha256 BLOB", "cost INTEGER",
      "cost_currency TEXT", "cost_estimated INTEGER", "price_table TEXT",
    ] {
      try database.execute(sql: "ALTER TABLE generation ADD COLUMN \(column)")
    }
    try database.execute(
      sql: """
        UPDATE generation SET provider = 'pixazo', endpoint = '/byteplus/v1/getTextToImage'
        WHERE gateway IS NOT NULL OR request_body IS NOT NULL;
        CREATE INDEX generation_provider ON generation(provider, id);
        """)
  }
}
