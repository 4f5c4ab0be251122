import FoundationEssentials
internal import GRDB
package import SeedbankModel

/// The values that determine the next step of an unfinished generation.
package struct WorkItem: Sendable, Hashable {
  /// The id in this library.
  package let id: GenerationID
  /// The id that stays the same in every library.
  package let uid: UID
  /// How far the generation has come.
  package let status: Status
  /// The exact bytes to send.
  package let requestBody: [UInt8]
  /// The base address of the gateway that the request was sent to.
  package let gateway: String?
  /// A digest that identifies the account that submitted it; nil if it is not known.
  package let account: String?
  /// The gateway's id of the job.
  package let jobID: String?
  /// The service that it was recorded for, and the data about the request.
  package let provider: RecordedProvider
  /// The images that the request refers to, in the order of their positions.
  package let references: [ReferenceImage]
  /// The recorded reply that offers images or names the job; only loaded where the status needs it.
  package let replyBody: [UInt8]?
  /// Whether that reply answered a poll.
  package let replyIsFromPoll: Bool
  /// The number of submits that were started.
  package let attempts: Int
  /// When it got its present status.
  package let since: Timestamp
  /// When it was last marked as sent.
  package let submittedAt: Timestamp?
  /// Positions whose images are in the library.
  package let storedPositions: Set<Int>
  /// The reply to its submit, if it could not be stored in the catalog.
  package let keptReply: KeptReply?
  /// Why it failed; for a complete one, why images are missing.
  package let failureCode: String?
  /// How many earlier runs left the present offer because a server refused an image.
  package let refusedRuns: Int

  /// The model as requested.
  package let model: String?

  /// The last sending of its request.
  package var attempt: RequestAttempt { RequestAttempt(uid: uid, number: attempts) }

  /// The maximum number of images of the request.
  package var requestedImages: Int { provider.groupSize ?? 1 }

  /// Whether it is complete, but images of its group are missing.
  package var isPartial: Bool { status == .complete && failureCode != nil }
}

extension WorkItem {
  /// The event by which a run notes that it left an offer because a server refused an image.
  package static let imageRefused = "image refused"
}

extension Library {
  /// Ids of the library's own complete generations after `cursor` that lack images of their group, oldest first.
  package func partial(
    after cursor: GenerationID = GenerationID(0), limit: Int
  ) throws -> [GenerationID] {
    try read { database in
      try Int64.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT id FROM generation
            WHERE status = 'complete' AND error_code IS NOT NULL AND id > ?
              AND trashed_at IS NULL AND \(Ownership.isOwn())
            ORDER BY id LIMIT ?
            """), arguments: [cursor.rawValue, limit]
      ).map { GenerationID($0) }
    }
  }

  /// Returns ids of the library's own generations in `status` after `cursor`, oldest first.
  ///
  /// Generations in the trash and held ones are left out. It needs one seek in the index.
  ///
  /// - Parameter status: any except `complete` and `held`.
  package func unfinished(
    in status: Status, after cursor: GenerationID = GenerationID(0), limit: Int
  ) throws -> [GenerationID] {
    try read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT id FROM generation
          WHERE status = :status AND status <> 'complete' AND id > :cursor AND trashed_at IS NULL
            AND \(Ownership.isOwn())
          ORDER BY id LIMIT :limit
          """)
      return try Int64.fetchAll(
        statement,
        arguments: ["status": status.rawValue, "cursor": cursor.rawValue, "limit": limit]
      ).map { GenerationID($0) }
    }
  }

  /// Returns the work of one generation; nil if the generation does not exist.
  package func workItem(_ id: GenerationID) throws -> WorkItem? {
    try read { database -> WorkItem? in
      var rows = try RawRows(
        Self.workItemSQL, .text(WorkItem.imageRefused), .text(Transition.fetchAgain.event),
        .integer(id.rawValue), in: database)
      guard try rows.next(), let uid = UID(bytes: rows.bytes(0)),
        let status = Status(rawValue: rows.text(1))
      else { return nil }
      let content = GenerationContent(rows, from: 10)
      let stored = try database.cachedStatement(
        sql: "SELECT position FROM image WHERE generation_id = ?")
      return WorkItem(
        id: id, uid: uid, status: status, requestBody: Array(rows.bytes(2)),
        gateway: content.gateway, account: rows.optionalText(3), jobID: content.jobID,
        provider: content.provider,
        references: try ReferenceTable.references(of: id, in: database),
        replyBody: rows.optionalBytes(4), replyIsFromPoll: rows.integer(5) != 0,
        attempts: Int(rows.integer(6)), since: Timestamp(milliseconds: rows.integer(7)),
        submittedAt: rows.optionalInteger(8).map(Timestamp.init(milliseconds:)),
        storedPositions: try Set(Int.fetchAll(stored, arguments: [id.rawValue])),
        keptReply: status == .submitting
          ? try images.keptReply(to: RequestAttempt(uid: uid, number: Int(rows.integer(6)))) : nil,
        failureCode: content.failure?.code, refusedRuns: Int(rows.integer(9)),
        model: content.parameters.model)
    }
  }

  private static let workItemSQL = """
    SELECT uid, \(Ownership.status()), request_body, account,
      CASE WHEN status = 'ready' THEN coalesce(poll_body, reply_body) END,
      poll_body IS NOT NULL, attempts,
      coalesce((SELECT max(at) FROM event WHERE generation_id = generation.id), created_at),
      (SELECT max(at) FROM event
        WHERE generation_id = generation.id AND kind = 'submitting'),
      CASE WHEN status = 'ready' THEN (SELECT count(*) FROM event AS refused
        WHERE refused.generation_id = generation.id AND refused.kind = ?
          AND refused.sequence > coalesce((SELECT max(sequence) FROM event
            WHERE generation_id = generation.id AND kind IN ('ready', ?)), 0))
      ELSE 0 END,
      \(GenerationContent.columns(of: ""))
    FROM generation WHERE id = ?
    """

  /// Returns the number of generations outside the trash in each status.
  ///
  /// It reads the whole table.
  package func statusCounts() throws -> [Status: Int] {
    try counts("FROM generation WHERE trashed_at IS NULL", [])
  }

  /// The same of these alone.
  package func statusCounts(of only: some Collection<GenerationID>) throws -> [Status: Int] {
    try counts(
      """
      FROM json_each(?) AS wanted CROSS JOIN generation ON generation.id = wanted.value
      WHERE trashed_at IS NULL
      """, [JSONList.text(only.map(\.rawValue))])
  }

  /// The same of all that are not complete: one short index, in a library of any size.
  package func incompleteCounts() throws -> [Status: Int] {
    try counts("FROM generation WHERE status <> 'complete' AND trashed_at IS NULL", [])
  }

  /// When something last happened to a request that was sent, or nil if none ever was.
  package func lastGatewayEvent() throws -> Timestamp? {
    try read { database in
      // No index has the times. The newest generations mostly have the latest event, so nearly all
      // other rows need one comparison.
      var events = try RawRows(
        "SELECT generation_id, at, kind FROM event ORDER BY generation_id DESC, sequence DESC",
        in: database)
      var latest: Int64?
      while try events.next() {
        let time = events.integer(1)
        if let latest, time <= latest { continue }
        guard Self.gatewayEvents.contains(events.text(2)),
          try database.integer(
            "SELECT gateway IS NOT NULL FROM generation WHERE id = ?", .integer(events.integer(0)))
            == 1
        else { continue }
        latest = time
      }
      return latest.map(Timestamp.init(milliseconds:))
    }
  }

  /// The kinds of the events that a request or its reply adds.
  private static let gatewayEvents: Set = [
    "submitting", "pending", "ready", "complete", "failed", "unknown", "lost",
  ]

  private func counts(
    _ source: String, _ arguments: StatementArguments
  ) throws -> [Status: Int] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql:
          "SELECT \(Ownership.status()) AS shown_status, count(*) AS number \(source) GROUP BY 1",
        arguments: arguments)
      return rows.reduce(into: [:]) { counts, row in
        if let status = Status(rawValue: row["shown_status"]) { counts[status] = row["number"] }
      }
    }
  }
}
