internal import GRDB
import SeedbankModel
import SeedbankQuery

extension QueryCompiler {
  /// Returns a condition on a row of `generation AS g`, for data that the index does not contain.
  func rows(_ condition: Condition) throws -> SQLFragment {
    switch condition {
    case .seed(let pattern): Self.seed(pattern)
    case .status(let status): Self.status(status)
    case .state(let state): Self.state(state)
    case .created(let pattern): Self.created(pattern.range(local))
    case .collection(let name):
      .indexed(
        """
        g.id IN (SELECT generation_id FROM collection_item WHERE collection_id =
          (SELECT id FROM collection WHERE name = ?))
        """, [name])
    case .parent(let id): .indexed("g.parent_id = ?", [id])
    case .id(let interval): .within(interval, "g.id")
    case .ids(let ids):
      .indexed("g.id IN (SELECT value FROM json_each(?))", [JSONList.text(ids.sorted())])
    case .has(.prompt): Self.hasPrompt(true)
    case .has: SQLFragment("EXISTS (SELECT 1 FROM image AS i WHERE i.generation_id = g.id)")
    case .row(let row):
      // A test checks that every field has a translation to SQL.
      try (row.condition as? any RowConditionSQL)?.rows(in: database) ?? SQLFragment("FALSE")
    case .savedSearch(let name): throw SearchError.noSuchSearch(name)
    case .similar(let reference), .childOf(let reference), .generation(let reference):
      throw SearchError.unresolved(reference)
    case .tag, .model, .size, .width, .height, .ratio, .rating: SQLFragment("FALSE")
    }
  }

  private static func seed(_ pattern: SeedPattern) -> SQLFragment {
    if pattern == .unknown { return SQLFragment("g.seed IS NULL AND g.seed_high IS NULL") }
    // For many ranges SQLite estimates so many rows that it reads the whole table. Three or more
    // digits match fewer rows than that estimate.
    let isNarrow = if case .beginning(let digits) = pattern { digits.utf8.count > 2 } else { false }
    func bound(_ column: String, _ sign: String) -> String {
      isNarrow ? "likelihood(\(column) \(sign) ?, 0.001)" : "\(column) \(sign) ?"
    }
    let parts = pattern.ranges.flatMap { range in
      let columns = ImageSeed.columns(of: range)
      return [("g.seed", columns.seed), ("g.seed_high", columns.high)].compactMap { column, part in
        part.map {
          SQLFragment.indexed(
            "\(bound(column, ">=")) AND \(bound(column, "<="))", [$0.lowerBound, $0.upperBound])
        }
      }
    }
    return parts.isEmpty ? SQLFragment("FALSE") : .joined(parts, " OR ")
  }

  /// Returns the condition for an empty or a nonempty prompt; the empty text is one row of the
  /// prompts.
  static func hasPrompt(_ isThere: Bool) -> SQLFragment {
    let empty = "(SELECT id FROM prompt WHERE hash = ? AND text = '')"
    let arguments = [PromptTable.hash("")]
    return isThere
      ? SQLFragment("g.prompt_id IS NOT \(empty)", arguments)
      : .indexed("g.prompt_id = \(empty)", arguments)
  }

  /// Returns the condition on the status.
  ///
  /// The index on the status contains only generations that are not complete. The condition repeats
  /// the words of the index, so that SQLite can use it.
  private static func status(_ status: Status) -> SQLFragment {
    let row = "g.status = '\(status.rawValue)'"
    switch status {
    case .complete: return SQLFragment(row)
    case .queued, .submitting, .pending, .ready:
      return .indexed("g.status <> 'complete' AND \(row) AND \(Ownership.isOwn("g."))")
    case .held: return .indexed("g.status <> 'complete' AND \(Ownership.isHeld("g."))")
    case .failed, .unknown, .lost: return .indexed("g.status <> 'complete' AND \(row)")
    }
  }

  private static var unfinished: SQLFragment {
    let names = Status.allCases.filter(\.isUnfinished).map { "'\($0.rawValue)'" }
      .joined(separator: ", ")
    return .indexed(
      "g.status <> 'complete' AND g.status IN (\(names)) AND \(Ownership.isOwn("g."))")
  }

  private static func state(_ state: State) -> SQLFragment {
    switch state {
    case .complete: status(.complete)
    case .partial: .indexed("g.status = 'complete' AND g.error_code IS NOT NULL")
    case .pending: unfinished
    case .held: status(.held)
    case .failed: status(.failed)
    case .unknown: status(.unknown)
    case .lost: status(.lost)
    case .missing: hasFile(.missing)
    case .remote: hasFile(.remote)
    case .reproduction: SQLFragment("g.parent_id IS NOT NULL")
    case .reproduced:
      .indexed(
        """
        g.id IN (SELECT parent_id FROM generation
          WHERE parent_id IS NOT NULL AND trashed_at IS NULL)
        """)
    case .favorite: SQLFragment("g.favorite")
    }
  }

  private static func hasFile(_ place: FilePlace) -> SQLFragment {
    .indexed("g.id IN (SELECT generation_id FROM image WHERE \(place.condition("image.")))")
  }

  static func created(_ range: (from: Timestamp?, to: Timestamp?)) -> SQLFragment {
    var parts: [SQLFragment] = []
    if let from = range.from { parts.append(SQLFragment("g.created_at >= ?", [from.milliseconds])) }
    if let to = range.to { parts.append(SQLFragment("g.created_at < ?", [to.milliseconds])) }
    return parts.isEmpty ? SQLFragment("TRUE") : .joined(parts, " AND ")
  }
}
