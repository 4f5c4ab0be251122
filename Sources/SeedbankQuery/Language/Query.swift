public import SeedbankModel

/// A parsed query of the language that docs/search.md describes.
///
/// A query can be evaluated in two ways with the same result: `Library.search` in the catalog, and
/// `matches` for a record in memory. Its description is text that parses to an equal query.
public struct Query: Hashable, Sendable {
  package let node: Node

  /// The query that every generation outside the trash matches.
  public static let everything = Query(.everything)

  package init(_ node: Node) { self.node = node }

  /// Whether there is anything that a generation must meet.
  ///
  /// Without a condition, a query matches every generation or none.
  package var hasCondition: Bool { node != .everything && node != .nothing }

  /// Returns the query that matches what both queries match.
  public func and(_ other: Query) -> Query { Query(.all([node, other.node]).simplified) }

  /// Returns the query for the generations whose ids are in a range.
  public static func ids(in range: ClosedRange<Int64>) -> Query {
    Query(.condition(.id(Interval(ids: range))))
  }

  /// Returns the query for the generations with these ids.
  public static func ids(_ ids: some Sequence<GenerationID>) -> Query {
    Query(.condition(.ids(Set(ids.map(\.rawValue)))))
  }

  /// A node of the tree.
  ///
  /// The parser makes trees in the form that `simplified` describes.
  package indirect enum Node: Hashable, Sendable {
    case everything
    /// Text without anything to search for.
    case nothing
    case words(Words, in: TextField)
    case condition(Condition)
    case all([Node])
    case any([Node])
    case not(Node)
  }
}

/// The fields in which words are searched.
package enum TextField: String, Hashable, Sendable, CaseIterable {
  /// In the prompt, the note and the tags.
  case anywhere
  case prompt
  case note
  /// In another tool's negative prompt.
  case negative
  /// In another tool's settings.
  case settings
}

/// The typed text: its folded tokens must be adjacent.
package struct Words: Hashable, Sendable {
  package let text: String
  /// Whether the last word is a prefix.
  package let isPrefix: Bool
}

extension Query.Node {
  /// The same query without lists of fewer than two items, nested lists of the same kind, double
  /// negation, and constants beside other items.
  package var simplified: Query.Node {
    switch self {
    case .everything, .nothing, .words, .condition: self
    case .not(let operand):
      switch operand.simplified {
      case .not(let inner): inner
      case .everything: .nothing
      case .nothing: .everything
      case let other: .not(other)
      }
    case .all(let operands): Self.joined(operands, neutral: .everything, absorbing: .nothing)
    case .any(let operands): Self.joined(operands, neutral: .nothing, absorbing: .everything)
    }
  }

  private static func joined(
    _ operands: [Self], neutral: Self, absorbing: Self
  ) -> Self {
    let isAll = neutral == .everything
    var flat: [Self] = []
    for operand in operands.map(\.simplified) {
      switch operand {
      case .all(let inner) where isAll: flat.append(contentsOf: inner)
      case .any(let inner) where !isAll: flat.append(contentsOf: inner)
      case absorbing: return absorbing
      case neutral: break
      default: flat.append(operand)
      }
    }
    if flat.count < 2 { return flat.first ?? neutral }
    return isAll ? .all(flat) : .any(flat)
  }
}
