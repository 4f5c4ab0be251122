package import FilePaths
internal import GRDB
package import SeedbankModel
package import SeedbankQuery

/// Replaces names in a query with the objects that they refer to in a library.
struct QueryResolution {
  let database: Database

  /// Returns the query with saved searches expanded and with the exact names of collections.
  ///
  /// - Throws: `SearchError` if a name does not exist, or if saved searches form a cycle or are too
  ///   large.
  func resolved(_ query: Query) throws -> Query {
    var expansion = SavedSearchExpansion(in: database)
    return Query(try expansion.resolved(query.node).simplified)
  }

  /// Checks that a query can be saved under a name.
  ///
  /// It must have a condition, and must not use a name that does not exist or refer to itself.
  ///
  /// - Throws: `SearchError`, `QueryError`.
  func check(_ query: String, savedAs name: String) throws {
    let search = SavedSearch(name: name, query: query, createdAt: .distantPast)
    var expansion = SavedSearchExpansion(in: database, unsaved: search)
    _ = try expansion.savedSearch(named: name)
  }
}

extension Query.Node {
  /// Returns the names in the conditions of one kind.
  func names(_ name: (Condition) -> String?) -> [String] {
    switch self {
    case .everything, .nothing, .words: []
    case .condition(let condition): name(condition).map { [$0] } ?? []
    case .all(let operands), .any(let operands): operands.flatMap { $0.names(name) }
    case .not(let operand): operand.names(name)
    }
  }

  /// Returns the same tree with transformed conditions.
  func mapConditions(_ transform: (Condition) throws -> Query.Node) rethrows -> Query.Node {
    switch self {
    case .everything, .nothing, .words: self
    case .condition(let condition): try transform(condition)
    case .all(let operands): .all(try operands.map { try $0.mapConditions(transform) })
    case .any(let operands): .any(try operands.map { try $0.mapConditions(transform) })
    case .not(let operand): .not(try operand.mapConditions(transform))
    }
  }
}

extension Query {
  /// Whether `Library.resolved` must resolve names before the query can be run.
  package var namesGenerations: Bool {
    let names = node.names { condition in
      switch condition {
      case .savedSearch(let name), .similar(let name), .childOf(let name), .generation(let name):
        name
      case .row(let row): (row.condition as? ReferenceCondition)?.unresolvedName
      default: nil
      }
    }
    return !names.isEmpty
  }
}

extension Library {
  /// Returns the query with its names and images replaced by ids and digests.
  ///
  /// - Parameters:
  ///   - named: returns the generation that `parent:` or `id:` names by something other than its
  ///     id; may use the library.
  ///   - similar: returns the generations whose images look like the image that `similar:` names;
  ///     may use the library.
  ///   - file: returns the digest of the file that `reference:` names; by default, file names are
  ///     not allowed.
  /// - Throws: `SearchError`, `QueryError` for a saved search that only an older version can parse,
  ///   and the errors that the closures throw.
  package func resolved(
    _ query: Query, named: (String) throws -> GenerationID,
    similar: (String) throws -> some Collection<GenerationID>,
    file: (FilePath) throws -> Digest = { throw SearchError.unresolved($0.description) }
  ) throws -> Query {
    let saved = try read { try QueryResolution(database: $0).resolved(query) }
    let node = try saved.node.mapConditions { condition in
      switch condition {
      case .childOf(let reference): .condition(.parent(try named(reference).rawValue))
      case .generation(let reference):
        .condition(.ids([try named(reference).rawValue]))
      case .similar(let reference):
        .condition(.ids(Set(try similar(reference).map(\.rawValue))))
      case .row(let row):
        if let reference = row.condition as? ReferenceCondition {
          .condition(
            .row(AnyRowCondition(condition: try resolved(reference, named: named, file: file))))
        } else {
          .condition(condition)
        }
      default: .condition(condition)
      }
    }
    return Query(node.simplified)
  }

  private func resolved(
    _ condition: ReferenceCondition, named: (String) throws -> GenerationID,
    file: (FilePath) throws -> Digest
  ) throws -> ReferenceCondition {
    guard case .named(let reference, let text) = condition.image else { return condition }
    switch reference {
    case .file(let path): return ReferenceCondition([try file(path)])
    case .id(let id, let position?):
      let images = try generation(id)?.images ?? []
      guard let image = images.first(where: { $0.position == position }) else {
        throw ReferenceError.noSuchImage(id, position: position)
      }
      return ReferenceCondition([image.digest])
    case .id, .last, .uid, .digest:
      let images = try generation(named(text))?.images ?? []
      return ReferenceCondition(Set(images.map(\.digest)))
    }
  }
}
