internal import GRDB
package import SeedbankModel

/// Work that a sync does only on request.
package enum RetryKind: Sendable {
  /// Requests with an unknown outcome, which may be paid for twice.
  case unknownOutcome
  /// Images of lost generations, and missing images of groups.
  case missingImages

  /// The step by which it begins.
  package var transition: Transition {
    switch self {
    case .unknownOutcome: .sendAgain
    case .missingImages: .fetchAgain
    }
  }

  /// Whether a generation is such work.
  package func applies(to item: WorkItem) -> Bool {
    switch self {
    case .unknownOutcome: item.status == .unknown
    case .missingImages: item.status == .lost || item.isPartial
    }
  }

  /// The same as conditions on rows; an index has the rows of each.
  fileprivate var conditions: [String] {
    switch self {
    case .unknownOutcome: ["status = 'unknown' AND status <> 'complete'"]
    case .missingImages:
      [
        "status = 'lost' AND status <> 'complete'",
        "status = 'complete' AND error_code IS NOT NULL",
      ]
    }
  }
}

/// The generations that a retry applies to, oldest first.
package struct RetryableWork: Sendable, Hashable {
  /// Those that the library owns, which it continues.
  package internal(set) var own: [GenerationID] = []
  /// Those that only another library may continue.
  package internal(set) var others: [GenerationID] = []

  /// Creates an empty list.
  package init() {}
}

extension Library {
  /// Returns the generations that a retry applies to; the trash is left out.
  ///
  /// A sync and its dry run both use it.
  ///
  /// - Parameter ids: The generations to look at; nil for all.
  /// - Throws: `LibraryError`.
  package func retryable(
    _ kind: RetryKind, among ids: [GenerationID]? = nil
  ) throws -> RetryableWork {
    let named = ids.map { JSONList.text($0.map(\.rawValue)) }
    let candidates = kind.conditions.map { "SELECT id FROM generation WHERE \($0)" }
      .joined(separator: " UNION ALL ")
    return try read { database in
      var work = RetryableWork()
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT id, \(Ownership.isOwn()) AS own FROM generation
          WHERE id IN (\(candidates)) AND trashed_at IS NULL
            AND (:ids IS NULL OR id IN (SELECT value FROM json_each(:ids)))
          ORDER BY id
          """, arguments: ["ids": named])
      while let row = try rows.next() {
        let id = GenerationID(row["id"])
        if row["own"] { work.own.append(id) } else { work.others.append(id) }
      }
      return work
    }
  }
}
