internal import GRDB
public import SeedbankModel

extension Library {
  /// Edits any number of generations: rows, index and history in one transaction.
  ///
  /// - Parameters:
  ///   - ids: ids that do not exist are skipped; the order matters for collections.
  ///   - actor: the person who edits, for the history.
  ///   - rehearsing: whether to find out what would change, and change nothing.
  ///
  /// - Throws: `EditError`, `LibraryError`.
  @discardableResult
  public func edit(
    _ edit: Edit, on ids: some Sequence<GenerationID>, by actor: String, at time: Timestamp,
    rehearsing: Bool = false
  ) throws -> EditReport {
    try self.edit(
      edit, on: ids, by: actor, at: time, rehearsing: rehearsing, pageSize: EditPageReader.pageSize)
  }

  /// - Parameter pageSize: the maximum number of generations that an edit of ratings, favorite flags or tags reads at a time.
  @discardableResult
  func edit(
    _ edit: Edit, on ids: some Sequence<GenerationID>, by actor: String, at time: Timestamp,
    rehearsing: Bool = false, pageSize: Int
  ) throws -> EditReport {
    try edit.validate()
    var seen = Set<Int64>()
    let ids = ids.map(\.rawValue).filter { seen.insert($0).inserted }
    // An edit finds the generations in its own transaction and deletes none, so it needs no checks that they exist,
    // which take a third of the time of a new tag.
    let checks = ids.count < Database.manyGenerations
    // One connection can read and write too.
    let readsAhead = !rehearsing && ids.count > pageSize && allowsSecondConnection
    let pages = EditPages(size: pageSize, other: readsAhead ? try? onOwnConnection() : nil)
    return try write(rehearsing: rehearsing, checkingReferences: checks) { database in
      let writer = try ChangeWriter(database, actor: actor, at: time)
      var editor = GenerationEditor(edit, writer, rehearsing: rehearsing, pages)
      return try editor.run(on: ids)
    }
  }

  /// Edits tags, collections and saved searches.
  ///
  /// - Throws: `EditError`, `LibraryError`; `QueryError` or `SearchError` for a search that cannot
  ///   be saved.
  @discardableResult
  public func edit(
    _ edit: CatalogEdit, by actor: String, at time: Timestamp, rehearsing: Bool = false
  ) throws -> EditReport {
    try edit.validate()
    return try write(rehearsing: rehearsing) { database in
      var editor = CatalogEditor(try ChangeWriter(database, actor: actor, at: time))
      return try editor.run(edit)
    }
  }

  /// Runs a write transaction; if it is only a rehearsal, it is rolled back at its end.
  ///
  /// - Parameter checkingReferences: whether SQLite checks foreign keys, and deletes with a row those that refer to it.
  func write<Value>(
    rehearsing: Bool, checkingReferences: Bool = true, _ body: (Database) throws -> Value
  ) throws -> Value {
    guard rehearsing || !checkingReferences else { return try write(body) }
    return try mappingErrors {
      var value: Result<Value, any Error>?
      try queue.writeWithoutTransaction { database in
        try database.setForeignKeyChecks(checkingReferences)
        defer { try? database.setForeignKeyChecks(true) }
        try database.inTransaction(.immediate) {
          value = Result { try body(database) }
          if case .failure? = value { return .rollback }
          return rehearsing ? .rollback : .commit
        }
      }
      guard let value else { throw CancellationError() }
      return try value.get()
    }
  }
}

extension Edit {
  fileprivate func validate() throws {
    switch self {
    case .rate(let stars?) where !(1...5).contains(stars): throw EditError.badRating(stars)
    case .collect(let name): try Name.check(name)
    default: break
    }
  }
}

extension CatalogEdit {
  fileprivate func validate() throws {
    switch self {
    case .renameCollection(_, let name), .saveSearch(let name, _): try Name.check(name)
    case .renameTag, .deleteTag, .deleteCollection, .deleteSearch: break
    }
  }
}

/// The names of collections and saved searches.
enum Name {
  static func check(_ name: String) throws {
    guard isGood(name) else { throw EditError.badName(name) }
  }

  static func isGood(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= TagName.longest
      && !name.unicodeScalars.contains { $0.properties.generalCategory == .control }
  }
}
