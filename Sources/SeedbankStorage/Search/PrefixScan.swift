internal import GRDB
import SeedbankQuery

/// Finds matches of a short prefix by reading rows in the order of arrival and matching them in
/// memory.
///
/// For a prefix, FTS5 merges the lists of all words with the prefix before it returns the first
/// match. For `s*` these lists are nearly the whole index.
///
/// If many words share a prefix, many prompts contain it, and the first rows fill a page. So the
/// first rows are read first. More rows are read while enough of them match to fill the page.
/// Otherwise the prefix is rare, and the index is fast.
struct PrefixScan {
  /// The reason why reading rows ended.
  enum End: Equatable {
    /// Enough matches were found.
    case enough
    /// All rows were read.
    case allRead
    /// The matches are rare.
    ///
    /// Rows up to this one were read. The others must be found with the index.
    case rare(last: Int64)
  }

  private(set) var plan: SearchPlan
  let expression: IndexExpression
  let database: Database
  private let direction: SearchPlan.Direction
  private let wanted: Int
  /// Whether the expression contains words only, so that the other tokens of a row are not needed.
  private let hasOnlyWords: Bool

  /// Creates a search through rows; nil if it has no advantage for the plan.
  ///
  /// - Parameter wanted: the number of matches to find; 0 for all.
  init?(
    _ plan: SearchPlan, _ direction: SearchPlan.Direction, wanted: Int, in database: Database
  ) {
    guard let expression = plan.index?.simplified, expression.hasShortPrefix,
      plan.rows.isEmpty, plan.candidates == nil, !plan.isEmpty, wanted > 0
    else { return nil }
    self.plan = plan
    self.plan.index = nil
    self.expression = expression
    hasOnlyWords = expression.phrases.allSatisfy { !$0.tokens.contains(where: FacetToken.isFacet) }
    self.direction = direction
    self.wanted = wanted
    self.database = database
  }

  /// Calls `body` with the matches in order until it returns false.
  func run(_ body: (Int64) throws -> Bool) throws -> End {
    var rest = plan
    var (read, found) = (0, 0)
    while !rest.isEmpty {
      let (ids, values) = try rows(rest, Self.chunk)
      for id in ids {
        guard let value = values[id], expression.matches(text(value)) else { continue }
        found += 1
        if try !body(id) { return .enough }
      }
      guard let last = ids.last, ids.count == Self.chunk else { return .allRead }
      read += ids.count
      // Stop if this rate of matches would require reading too many rows.
      let mostRows = max(Self.mostRows, Double(wanted) * 4)
      if Double(wanted) * Double(read) > Double(found) * mostRows { return .rare(last: last) }
      rest.restrict(to: direction == .newest ? .below(last) : .above(last))
    }
    return .allRead
  }

  /// The entries of those of the first `count` rows that match.
  func matches(inFirst count: Int) throws -> [IndexedText] {
    let (ids, values) = try rows(plan, count)
    return ids.compactMap { values[$0].map(text) }.filter(expression.matches)
  }

  private func rows(
    _ plan: SearchPlan, _ count: Int
  ) throws -> (ids: [Int64], values: [Int64: IndexedValues]) {
    let query = plan.ids(direction, limit: count)
    let ids = try Int64.fetchAll(
      database.cachedStatement(sql: query.sql), arguments: StatementArguments(query.arguments))
    return (ids, try IndexSource.values(of: ids, in: database))
  }

  private func text(_ values: IndexedValues) -> IndexedText {
    hasOnlyWords ? IndexedText.wordsOnly(of: values) : IndexedText(values)
  }

  private static let chunk = 64
  private static let mostRows = 2_000.0
}

extension IndexExpression {
  /// Whether the expression has a short prefix and can be matched in memory.
  ///
  /// Many words can begin with a short prefix.
  fileprivate var hasShortPrefix: Bool {
    canBeMatchedInMemory
      && phrases.contains { $0.isPrefix && ($0.tokens.last?.count ?? 0) <= 6 }
  }

  /// Whether `matches` has the same result as FTS5.
  ///
  /// FTS5 truncates tokens of more than 32 kB, so long tokens cannot be compared directly.
  var canBeMatchedInMemory: Bool {
    phrases.allSatisfy { $0.tokens.allSatisfy { $0.count < 1_000 } }
  }

  var phrases: [Phrase] {
    switch self {
    case .everything, .nothing: []
    case .phrase(let phrase, _): [phrase]
    case .all(let operands), .any(let operands): operands.flatMap(\.phrases)
    case .not(let operand): operand.phrases
    }
  }

  /// Returns whether an entry of the index matches, by the same rules as FTS5.
  func matches(_ entry: IndexedText) -> Bool {
    matches(entry.columns.map { $0.split(separator: UInt8(ascii: " ")) })
  }

  private func matches(_ columns: [[ArraySlice<UInt8>]]) -> Bool {
    switch self {
    case .everything: true
    case .nothing: false
    case .phrase(let phrase, .prompt): phrase.occurs(in: columns[0])
    case .phrase(let phrase, .note): phrase.occurs(in: columns[1])
    case .phrase(let phrase, nil): columns.contains(where: phrase.occurs)
    case .all(let operands): operands.allSatisfy { $0.matches(columns) }
    case .any(let operands): operands.contains { $0.matches(columns) }
    case .not(let operand): !operand.matches(columns)
    }
  }
}
