internal import GRDB

extension Library {
  /// The names of the collections that hold each generation, in alphabetical order; generations that
  /// are in none are left out.
  public func collections(holding ids: [GenerationID]) throws -> [GenerationID: [String]] {
    try read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT i.generation_id, c.name
          FROM json_each(?) AS wanted
          CROSS JOIN collection_item AS i ON i.generation_id = wanted.value
          JOIN collection AS c ON c.id = i.collection_id
          ORDER BY c.name
          """)
      let rows = try Row.fetchCursor(statement, arguments: [JSONList.text(ids.map(\.rawValue))])
      var names: [GenerationID: [String]] = [:]
      while let row = try rows.next() {
        names[GenerationID(row["generation_id"]), default: []].append(row["name"])
      }
      return names
    }
  }
}
