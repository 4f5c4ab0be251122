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
    try edit.validate()
    return try write(rehearsing: rehearsing) { database in
      let writer = try ChangeWriter(database, actor: actor, at: time)
      var editor = GenerationEditor(edit, writer, rehearsing: rehearsing)
      var seen = Set<Int64>()
      return try editor.run(on: ids.map(\.rawValue).filter { seen.insert($0).inserted })
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
  func write<Value>(rehearsing: Bool, _ body: (Database) throws -> Value) throws -> Value {
    guard rehearsing else { return try write(body) }
    var value: Result<Value, any Error>?
    do {
      try queue.inTransaction(.immediate) { database in
        value = Result { try body(database) }
        return .rollback
      }
      guard let value else { throw CancellationError() }
      return try value.get()
    } catch let error as DatabaseError {
      throw LibraryError(error, path: folder.catalog)
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
