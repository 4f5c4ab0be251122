internal import GRDB
import SeedbankModel
import SeedbankQuery

/// Inserts saved searches into a query, and replaces the names of collections with the exact ones.
///
/// Each saved search is read once. But a search that is used twice by one that is used twice, and so
/// on, would multiply the conditions, so the number of those that are repeated is limited. A search
/// of another library can be made like this.
struct SavedSearchExpansion {
  private let database: Database
  /// A search that is about to be saved.
  private let unsaved: SavedSearch?
  /// The searches that can be used; nil until the first is needed.
  private var searches: [SavedSearch]?
  /// The searches that are being inserted, each used by the one before it.
  private var path: [String] = []
  private var inserted: [ExactText: Query.Node] = [:]
  /// The number of conditions that are in the query again, because a search is used again.
  private var repeated = 0

  private static let mostRepeated = 10_000
  /// The maximum depth of the tree, so that it does not overflow the stack.
  ///
  /// Each of the 64 brackets that a text can have adds at most three levels, so only saved searches
  /// can exceed it.
  private static let deepest = 200

  init(in database: Database, unsaved: SavedSearch? = nil) {
    self.database = database
    self.unsaved = unsaved
  }

  /// - Parameter level: the depth of the node in the tree.
  mutating func resolved(_ node: Query.Node, level: Int = 0) throws -> Query.Node {
    if level > Self.deepest, let name = path.last { throw SearchError.tooLarge(name) }
    switch node {
    case .everything, .nothing, .words: return node
    case .all(let operands): return .all(try resolved(operands, level: level + 1))
    case .any(let operands): return .any(try resolved(operands, level: level + 1))
    case .not(let operand): return .not(try resolved(operand, level: level + 1))
    case .condition(.savedSearch(let name)): return try savedSearch(named: name, level: level)
    case .condition(.collection(let name)):
      guard let exact = try NameLookup.collection(like: name, in: database) else {
        throw SearchError.noSuchCollection(name)
      }
      return .condition(.collection(exact))
    case .condition: return node
    }
  }

  private mutating func resolved(_ operands: [Query.Node], level: Int) throws -> [Query.Node] {
    var found: [Query.Node] = []
    for operand in operands { found.append(try resolved(operand, level: level)) }
    return found
  }

  /// Returns the conditions of a saved search, whose own saved searches are inserted.
  mutating func savedSearch(named name: String, level: Int = 0) throws -> Query.Node {
    guard let search = try savedSearch(like: name) else { throw SearchError.noSuchSearch(name) }
    if let start = path.firstIndex(where: { $0.isIdentical(to: search.name) }) {
      throw SearchError.cycle(Array(path[start...]))
    }
    if let node = inserted[ExactText(search.name)] {
      let size = node.size
      repeated += size.conditions
      guard repeated <= Self.mostRepeated, level + size.levels <= Self.deepest else {
        throw SearchError.tooLarge(search.name)
      }
      return node
    }
    let query = try Query.parse(search.query).query
    // It would stand for all generations, also in commands that edit.
    guard query.hasCondition else { throw SearchError.emptySearch(search.name) }
    path.append(search.name)
    let node = try resolved(query.node, level: level + 1)
    path.removeLast()
    inserted[ExactText(search.name)] = node
    return node
  }

  private mutating func savedSearch(like name: String) throws -> SavedSearch? {
    let all = try searches ?? readSearches()
    searches = all
    return NameLookup.best(name, all, \.name)
  }

  /// The searches as they will be after the new one is saved.
  private func readSearches() throws -> [SavedSearch] {
    let saved = try NameLookup.savedSearches(in: database)
    guard let unsaved else { return saved }
    return (saved.filter { !$0.name.isIdentical(to: unsaved.name) } + [unsaved])
      .sorted { ExactText($0.name) < ExactText($1.name) }
  }
}

extension Query.Node {
  /// The numbers of words and conditions, and of levels below this node.
  fileprivate var size: (conditions: Int, levels: Int) {
    switch self {
    case .everything, .nothing, .words, .condition: return (1, 0)
    case .not(let operand):
      let size = operand.size
      return (size.conditions, size.levels + 1)
    case .all(let operands), .any(let operands):
      let sizes = operands.map(\.size)
      let levels = sizes.map(\.levels).max() ?? 0
      return (sizes.reduce(0) { $0 + $1.conditions }, levels + 1)
    }
  }
}
