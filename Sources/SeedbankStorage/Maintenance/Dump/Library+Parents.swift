internal import GRDB
package import SeedbankModel

extension Library {
  /// Connects generations to parents that were added after them.
  ///
  /// A generation that has a parent keeps it. A pair of which one is not here changes nothing.
  ///
  /// - Parameter parents: by their children's uids.
  package func connect(_ parents: [UID: UID]) throws {
    guard !parents.isEmpty else { return }
    try write { database in
      let statement = try database.cachedStatement(
        sql: """
          UPDATE generation SET parent_id = parent.id FROM generation AS parent
          WHERE parent.uid = ? AND generation.uid = ? AND generation.parent_id IS NULL
            AND parent.id <> generation.id
          """)
      for (child, parent) in parents {
        try statement.execute(arguments: [parent.data, child.data])
      }
    }
  }
}
