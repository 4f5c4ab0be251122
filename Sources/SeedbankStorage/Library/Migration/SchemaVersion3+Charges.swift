internal import GRDB

extension SchemaVersion3 {
  /// Adds what requests cost, for budgets.
  ///
  /// Requests that were sent earlier are not counted.
  @Sendable static func addCharges(_ database: Database, _ folder: LibraryFolder) throws {
    try database.execute(
      sql: """
        CREATE TABLE charge (
          -- What each request that was sent costs, for budgets. Rows stay when their generation is deleted.
          id INTEGER PRIMARY KEY,
          generation_id INTEGER REFERENCES generation(id) ON DELETE SET NULL,
          at INTEGER NOT NULL,              -- when it was reserved, before the request was sent
          images INTEGER NOT NULL,          -- the most that the request can bring; after its end, what it brought
          cost INTEGER NOT NULL,            -- in millionths of the currency's unit: the estimate, then the cost
          currency TEXT NOT NULL,           -- 'USD' …; '': no price is known
          settled INTEGER NOT NULL          -- 0: reserved; 1: final
        ) STRICT;
        CREATE INDEX charge_at ON charge(at);
        CREATE INDEX charge_generation ON charge(generation_id);
        """)
  }
}
