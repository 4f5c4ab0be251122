internal import GRDB
package import SeedbankModel

extension CatalogChange {
  /// Returns one durable step with a generation; see `Library.advance`.
  package static func advance(
    _ id: GenerationID, _ transition: Transition, provider: RecordedProvider = RecordedProvider(),
    reserving reservation: Reservation? = nil, made: Int? = nil, at time: Timestamp
  ) -> CatalogChange {
    CatalogChange { database, library in
      let read = try database.cachedStatement(
        sql: """
          SELECT status, \(Ownership.isOwn()) AS own, trashed_at IS NOT NULL AS trashed
          FROM generation WHERE id = ?
          """)
      guard let row = try Row.fetchOne(read, arguments: [id.rawValue]),
        let status = Status(rawValue: row["status"])
      else { throw LibraryError.noSuchGeneration(id) }
      guard row["own"] || !transition.needsOwner else { throw LibraryError.held(id) }
      let isTrashed: Bool = row["trashed"]
      guard !isTrashed || !transition.sendsRequest else { throw LibraryError.trashed(id) }
      guard transition.sources.contains(status) else {
        throw LibraryError.illegalTransition(id, from: status, step: transition.event)
      }
      try apply(transition, to: id, at: time, in: database)
      try record(provider, of: id, in: database)
      if let reservation {
        try ChargeTable.reserve(reservation, for: id, at: time, in: database)
      }
      try ChargeTable.settle(transition, from: status, of: id, made: made, in: database)
      try EventTable.add(
        transition.event, to: id, at: time, detail: transition.remark, in: database)
      if case .submit = transition {
        try database.cachedStatement(sql: "UPDATE library SET submits = submits + 1").execute()
      }
      return { library.onStep(transition.step) }
    }
  }

  /// Returns the record of an image whose file is in the image store; see `Library.add`.
  package static func add(_ image: CataloguedImage, to id: GenerationID) -> CatalogChange {
    CatalogChange { database, library in
      try ImageTable.insert(image, of: id, in: database)
      let named = try Bool.fetchOne(
        database.cachedStatement(sql: "SELECT width IS NOT NULL FROM generation WHERE id = ?"),
        arguments: [id.rawValue])
      if named == false, image.isDecoded {
        try SearchIndex.editing([id.rawValue], in: database) {
          try database.execute(
            sql: "UPDATE generation SET width = ?, height = ? WHERE id = ?",
            arguments: [image.width, image.height, id.rawValue])
        }
      }
      return { library.onStep(.imageRecorded) }
    }
  }

  private static func record(
    _ provider: RecordedProvider, of id: GenerationID, in database: Database
  ) throws {
    let content = GenerationContent(provider: provider)
    guard content != GenerationContent() else { return }
    try content.update(
      id.rawValue,
      where: { [.greatest, .withState].contains($0.merge) && !$0.isAbsent(content) }, in: database)
  }

  private static func apply(
    _ transition: Transition, to id: GenerationID, at time: Timestamp, in database: Database
  ) throws {
    func set(_ assignments: String, _ arguments: StatementArguments) throws {
      let statement = try database.cachedStatement(
        sql: "UPDATE generation SET status = ?, \(assignments) WHERE id = ?")
      let status: StatementArguments = [transition.target.rawValue]
      try statement.execute(arguments: status + arguments + [id.rawValue])
    }
    let ends = time.milliseconds
    switch transition {
    case .submit(let gateway, let account):
      try set("attempts = attempts + 1, gateway = ?, account = ?", [gateway, account])
    case .notSubmitted, .pollAgain: try set("completed_at = NULL", [])
    // The job and the replies to polls of an earlier request must not be taken for those of this one.
    case .accepted(let jobID, let reply):
      try set(
        "job_id = ?, reply_body = ?, poll_body = NULL, \(noFailure)", [jobID, reply.data])
    case .offered(let reply, let jobID, let usage):
      try set(
        """
        job_id = ?, reply_body = ?, poll_body = NULL, usage = coalesce(?, usage), \(noFailure)
        """, [jobID, reply.data, usage])
    case .offeredByPoll(let reply, let usage):
      try set("poll_body = ?, usage = coalesce(?, usage)", [reply.data, usage])
    case .complete(let shortfall):
      try set(
        "completed_at = ?, error_code = ?, error_message = ?",
        [ends, shortfall?.code, shortfall?.message])
    case .fail(let failure, let reply, _), .outcomeUnknown(let failure, let reply):
      try set(
        """
        completed_at = ?, error_code = ?, error_message = ?, reply_body = coalesce(?, reply_body)
        """, [ends, failure.code, failure.message, reply?.data])
    case .lose(let failure):
      try set(
        "completed_at = ?, error_code = ?, error_message = ?",
        [ends, failure.code, failure.message])
    // The service has no jobs, so the replies to polls are not results. The id of the job stays until the next
    // reply: of two copies of a generation, the one with a job counts as the later one.
    case .repeatRequest: try set("poll_body = NULL, \(noFailure)", [])
    case .sendAgain, .fetchAgain: try set(noFailure, [])
    }
  }

  /// The assignments that remove an earlier end.
  private static let noFailure = "completed_at = NULL, error_code = NULL, error_message = NULL"
}
