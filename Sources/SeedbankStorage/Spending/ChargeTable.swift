internal import GRDB
package import SeedbankModel

/// What requests cost.
///
/// Each row begins as a reservation and is settled by a later step.
enum ChargeTable {
  /// Reserves within the budget.
  ///
  /// The catalog has one writer at a time, so two processes cannot both take the last image.
  /// - Throws: `BudgetError`.
  static func reserve(
    _ reservation: Reservation, for id: GenerationID, at time: Timestamp, in database: Database
  ) throws {
    let budget = reservation.budget
    if let limit = budget.imagesPerDay {
      let used = try total("images", from: reservation.dayStart, in: database)
      let (sum, overflows) = used.addingReportingOverflow(Int64(reservation.images))
      guard !overflows, sum <= Int64(limit) else {
        throw BudgetError.imagesPerDay(
          limit: limit, used: Int(used), requested: reservation.images)
      }
    }
    if let limit = budget.costPerMonth {
      guard let price = reservation.price else {
        throw BudgetError.unknownPrice(model: try model(of: id, in: database))
      }
      let used = try total(
        "cost", from: reservation.monthStart, currency: price.currency, in: database)
      let (sum, overflows) = used.addingReportingOverflow(price.amount.microunits)
      guard !overflows, sum <= limit.microunits else {
        throw BudgetError.costPerMonth(
          limit: limit, used: MoneyAmount(microunits: used), requested: price.amount,
          currency: price.currency)
      }
    }
    try database.cachedStatement(
      sql: """
        INSERT INTO charge(generation_id, at, images, cost, currency, settled)
        VALUES (:id, :at, :images, :cost, :currency, 0)
        """
    ).execute(arguments: [
      "id": id.rawValue, "at": time.milliseconds, "images": reservation.images,
      "cost": reservation.price?.amount.microunits ?? 0,
      "currency": reservation.price?.currency ?? "",
    ])
  }

  /// Settles the reservation of a generation, as far as its step from `status` determines it.
  ///
  /// - Parameter made: the number of images that the service made; nil for those in the library, or, if a job
  ///   ends, for all that were reserved.
  static func settle(
    _ transition: Transition, from status: Status, of id: GenerationID, made: Int?,
    in database: Database
  ) throws {
    switch transition {
    case .notSubmitted, .repeatRequest: try release(id, in: database)
    case .fail(_, _, let mayBeCharged):
      // A ready generation has images, which are charged although they cannot be used.
      if status == .ready || mayBeCharged {
        try close(id, in: database)
      } else {
        try release(id, in: database)
        try recordCost(of: id, in: database)
      }
    // If a job ends while images are missing, it may have made all of them.
    case .complete:
      try complete(id, made: made ?? (status == .pending ? .max : nil), in: database)
    // The first request may be charged, whatever happens to the next one.
    case .sendAgain, .lose: try close(id, in: database)
    case .submit, .accepted, .offered, .offeredByPoll, .pollAgain, .outcomeUnknown, .fetchAgain:
      break
    }
  }

  /// Settles the reservation of a finished generation.
  ///
  /// - Parameter made: nil for the images in the library, `.max` for all that were reserved. A known number can be
  ///   larger than the reserved one, because some models decide how many images they make.
  private static func complete(
    _ id: GenerationID, made: Int?, in database: Database
  ) throws {
    let stated = try Int64.fetchOne(
      database.cachedStatement(
        sql: "SELECT cost FROM generation WHERE id = ? AND cost_estimated = 0"),
      arguments: [id.rawValue])
    let isKnown = made != nil && made != Int.max
    try database.cachedStatement(
      sql: """
        UPDATE charge SET settled = 1,
          images = CASE WHEN :isKnown THEN made.number ELSE min(images, made.number) END,
          cost = coalesce(:stated, (cost * CASE WHEN :isKnown THEN made.number
            ELSE min(images, made.number) END + images - 1) / max(images, 1))
        FROM (SELECT coalesce(:made,
          (SELECT count(*) FROM image WHERE generation_id = :id)) AS number) AS made
        WHERE generation_id = :id AND settled = 0
        """
    ).execute(arguments: [
      "id": id.rawValue, "made": made, "isKnown": isKnown, "stated": stated,
    ])
    // A request without charges was sent before charges were recorded.
    let isCharged = try Bool.fetchOne(
      database.cachedStatement(
        sql: "SELECT EXISTS (SELECT 1 FROM charge WHERE generation_id = ? AND currency <> '')"),
      arguments: [id.rawValue])
    if isCharged == true { try recordCost(of: id, in: database) }
  }

  /// Replaces the estimate of a generation by the sum of its charges, or by nothing if it has none.
  ///
  /// A request that was sent twice may be charged twice. A cost that the service stated stays.
  private static func recordCost(of id: GenerationID, in database: Database) throws {
    try database.cachedStatement(
      sql: """
        UPDATE generation SET cost = charged.cost, cost_currency = charged.currency,
          cost_estimated = CASE WHEN charged.cost IS NOT NULL THEN 1 END,
          price_table = CASE WHEN charged.cost IS NOT NULL THEN price_table END
        FROM (SELECT sum(cost) AS cost, max(currency) AS currency FROM charge
          WHERE generation_id = :id AND currency <> '') AS charged
        WHERE id = :id AND cost_estimated IS NOT 0
        """
    ).execute(arguments: ["id": id.rawValue])
  }

  private static func close(_ id: GenerationID, in database: Database) throws {
    try database.cachedStatement(
      sql: "UPDATE charge SET settled = 1 WHERE generation_id = ? AND settled = 0"
    ).execute(arguments: [id.rawValue])
  }

  private static func release(_ id: GenerationID, in database: Database) throws {
    try database.cachedStatement(
      sql: "DELETE FROM charge WHERE generation_id = ? AND settled = 0"
    ).execute(arguments: [id.rawValue])
  }

  private static func total(
    _ column: String, from start: Timestamp, currency: String? = nil, in database: Database
  ) throws -> Int64 {
    try Int64.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT coalesce(sum(\(column)), 0) FROM charge
          WHERE at >= :start AND (:currency IS NULL OR currency = :currency)
          """),
      arguments: ["start": start.milliseconds, "currency": currency]) ?? 0
  }

  private static func model(of id: GenerationID, in database: Database) throws -> String? {
    try String.fetchOne(
      database, sql: "SELECT model FROM generation WHERE id = ?", arguments: [id.rawValue])
  }
}

extension Library {
  /// The images that are spent or reserved since the start of the day, and the cost in one currency since
  /// the start of the month.
  package func spending(
    today: Timestamp, month: Timestamp, currency: String
  ) throws -> (images: Int, cost: MoneyAmount) {
    try read { database in
      let images = try Int.fetchOne(
        database, sql: "SELECT coalesce(sum(images), 0) FROM charge WHERE at >= ?",
        arguments: [today.milliseconds])
      let cost = try Int64.fetchOne(
        database,
        sql: "SELECT coalesce(sum(cost), 0) FROM charge WHERE at >= ? AND currency = ?",
        arguments: [month.milliseconds, currency])
      return (images ?? 0, MoneyAmount(microunits: cost ?? 0))
    }
  }
}
