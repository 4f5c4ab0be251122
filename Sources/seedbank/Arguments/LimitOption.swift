import ArgumentParser
import SeedbankStorage

/// The number of results that a command prints.
struct LimitOption: ParsableArguments {
  /// The default number of rows of a table.
  static let ofTable = 50

  @Option(
    name: [.long, .customShort("l")],
    help: ArgumentHelp(
      "Maximum number of results; 0 for all (default: 50 for a table, else all).",
      valueName: "number"))
  var limit: Int?

  func validate() throws {
    if let conflict = Self.conflict(limit) { throw ValidationError(conflict) }
  }

  /// Nil: all.
  func number(_ format: OutputFormat) -> Int? { Self.number(limit, format) }

  /// The limit for a format; nil: all.
  ///
  /// Formats for programs have no default limit.
  static func number(_ limit: Int?, _ format: OutputFormat) -> Int? {
    switch limit {
    case 0?: nil
    case let limit?: min(limit, SearchRequest.mostResults)
    case nil: format == .table ? ofTable : nil
    }
  }

  /// The error sentence for a limit.
  static func conflict(_ limit: Int?) -> String? {
    guard let limit, limit < 0 else { return nil }
    return "--limit must be 0 or more, not \(limit); 0 means all"
  }

  /// The sentence about results that were left out; nil if none were.
  static func remark(shown: Int, of total: Int, after: String? = nil) -> String? {
    remark(shown: shown, of: .exactly(total), after: after)
  }

  /// - Parameter canShowAll: whether `--limit 0` shows all results.
  static func remark(
    shown: Int, of total: MatchCount, after: String? = nil, canShowAll: Bool = true
  ) -> String? {
    let number: String
    switch total {
    case .exactly(let total) where shown >= total: return nil
    case .exactly(let total): number = "\(total)"
    case .moreThan(let bound): number = "more than \(bound)"
    }
    let more = after.map { " More: --after \($0)." } ?? ""
    let all = canShowAll ? " All: --limit 0." : ""
    return "\(shown) of \(number) shown.\(more)\(all)"
  }
}
