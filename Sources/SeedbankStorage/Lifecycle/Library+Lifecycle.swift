internal import GRDB
package import SeedbankModel

extension Library {
  /// Takes one durable step with a generation.
  ///
  /// - Parameters:
  ///   - provider: what the step tells about the service, such as the echoed model and seed or the cost. Its
  ///     values are recorded in the same transaction; nil leaves the recorded value as it is.
  ///   - reservation: with `.submit`, what the request may cost.
  ///   - made: with `.complete`, the number of images that the service made, for budgets; nil: those that are
  ///     in the library, or, if a job ends, all that were reserved.
  /// - Throws: `LibraryError.illegalTransition` where its status does not allow the step, `.held` if
  ///   it asks the gateway for more and another library owns the generation, `.trashed` if it sends a request of
  ///   a generation in the trash, `.noSuchGeneration`, `BudgetError` if the reservation exceeds a budget, or what
  ///   the catalog says.
  package func advance(
    _ id: GenerationID, _ transition: Transition, provider: RecordedProvider = RecordedProvider(),
    reserving reservation: Reservation? = nil, made: Int? = nil, at time: Timestamp
  ) throws {
    try make(
      .advance(
        id, transition, provider: provider, reserving: reservation, made: made, at: time))
  }

  /// Notes something on a generation's timeline that does not change its status.
  package func note(
    event kind: String, detail: String?, on id: GenerationID, at time: Timestamp
  ) throws {
    try write { database in
      try EventTable.add(kind, to: id, at: time, detail: detail, in: database)
    }
  }

  /// Records an image whose file is in the image store.
  ///
  /// A request without a size in pixels (`2K`) gets that of the first image.
  package func add(_ image: CataloguedImage, to id: GenerationID) throws {
    try make(.add(image, to: id))
  }

  /// Replaces the recorded reply by `reply`, in which digests replace base64 images that are in the
  /// store.
  package func replaceReply(_ reply: [UInt8], ofPoll: Bool, on id: GenerationID) throws {
    let column = ofPoll ? "poll_body" : "reply_body"
    try write { database in
      try database.execute(
        sql: "UPDATE generation SET \(column) = ? WHERE id = ?",
        arguments: [reply.data, id.rawValue])
    }
    onStep(.replyReplaced)
  }

  /// Records the result of the comparison of a reproduction with its parent.
  package func record(_ verdict: RecordedVerdict, on id: GenerationID) throws {
    try write { database in
      try SearchIndex.editing([id.rawValue], in: database) {
        try database.execute(
          sql: "UPDATE generation SET verdict = ?, verdict_detail = ? WHERE id = ?",
          arguments: [verdict.kind, verdict.detail, id.rawValue])
      }
    }
    onStep(.verdictRecorded)
  }
}
