import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("A budget")
struct BudgetTests {
  private let home: TemporaryLibrary
  private var random = SeededGenerator(seed: 1)
  private var library: Library { home.library }
  private let noon = Timestamp(milliseconds: 1_700_049_600_000)

  init() throws { home = try TemporaryLibrary() }

  private mutating func queue(model: String? = nil) throws -> GenerationID {
    try library.record([
      GenerationDraft(
        uid: UID(at: noon, using: &random), prompt: "x", parameters: Parameters(model: model),
        createdAt: noon, requestBody: [1])
    ])[0]
  }

  private func cents(_ number: Int64) -> MoneyAmount { MoneyAmount(microunits: number * 10_000) }

  private func submit(
    _ id: GenerationID, images: Int = 1, cost: Int64? = 3, _ budget: Budget, at time: Timestamp
  ) throws {
    let price = cost.map { Cost(amount: cents($0), currency: "USD", isEstimated: true) }
    try library.advance(
      id, .submit(to: "https://a.example"),
      reserving: Reservation(
        images: images, price: price, budget: budget, at: .utc(now: time)), at: time)
  }

  @Test("of images a day is not exceeded by one, and refuses without a change")
  mutating func images() throws {
    let budget = Budget(imagesPerDay: 5)
    try submit(queue(), images: 4, budget, at: noon)
    let second = try queue()
    #expect(throws: BudgetError.imagesPerDay(limit: 5, used: 4, requested: 2)) {
      try submit(second, images: 2, budget, at: noon)
    }
    #expect(try library.generation(second)?.status == .queued)
    try submit(second, images: 1, budget, at: noon)
    let third = try queue()
    #expect(throws: BudgetError.self) { try submit(third, budget, at: noon) }
    try submit(third, budget, at: noon.advanced(bySeconds: 86_400))
  }

  @Test("of a month is not exceeded, and a model without a price is refused")
  mutating func cost() throws {
    let budget = Budget(costPerMonth: cents(7))
    try submit(queue(), cost: 4, budget, at: noon)
    let second = try queue(model: "m")
    #expect(
      throws: BudgetError.costPerMonth(
        limit: cents(7), used: cents(4), requested: cents(4), currency: "USD")
    ) { try submit(second, cost: 4, budget, at: noon) }
    #expect(throws: BudgetError.unknownPrice(model: "m")) {
      try submit(second, cost: nil, budget, at: noon)
    }
    try submit(second, cost: 3, budget, at: noon)
    try submit(queue(), cost: 7, budget, at: noon.advanced(bySeconds: 40 * 86_400))
  }

  @Test("gets back refused requests and missing images of a group, and keeps unknown outcomes")
  mutating func settled() throws {
    let failure = RecordedFailure(code: "c", message: "m")
    func spent() throws -> [Int64] {
      let spending = try library.spending(today: noon, month: noon, currency: "USD")
      return [Int64(spending.images), spending.cost.microunits / 10_000]
    }
    let refused = try queue()
    try submit(refused, images: 2, cost: 6, Budget(), at: noon)
    #expect(try spent() == [2, 6])
    try library.advance(refused, .fail(failure, reply: nil), at: noon)
    #expect(try spent() == [0, 0])
    #expect(try library.generation(refused)?.provider.cost == nil)

    let throttled = try queue()
    try submit(throttled, Budget(), at: noon)
    try library.advance(throttled, .notSubmitted(reason: "r"), at: noon)
    #expect(try spent() == [0, 0])

    let group = try queue()
    try submit(group, images: 4, cost: 12, Budget(), at: noon)
    try library.advance(group, .offered(reply: [], jobID: nil, usage: nil), at: noon)
    #expect(try spent() == [4, 12])
    try library.add(library.plantImage("one"), to: group)
    // Three images were made, and one of them could not be downloaded.
    try library.advance(group, .complete(shortfall: failure), made: 3, at: noon)
    #expect(try spent() == [3, 9])
    #expect(try library.generation(group)?.provider.cost?.amount == cents(9))

    let unknown = try queue()
    try submit(unknown, Budget(), at: noon)
    try library.advance(unknown, .outcomeUnknown(failure, reply: nil), at: noon)
    #expect(try spent() == [4, 12])
    try library.advance(unknown, .sendAgain, at: noon)
    try submit(unknown, Budget(), at: noon)
    #expect(try spent() == [5, 15])
    // The first request keeps its charge although the second is refused.
    try library.advance(unknown, .fail(failure, reply: nil), at: noon)
    #expect(try spent() == [4, 12])
    #expect(try library.generation(unknown)?.provider.cost?.amount == cents(3))
    #expect(try library.statistics().cost == ["USD": cents(12)])
  }

  @Test("keeps the whole group of a job that ends early, unless the number of its images is known")
  mutating func endedGroup() throws {
    let failure = RecordedFailure(code: "partial", message: "m")
    for (made, images) in [(nil, 4), (3, 3)] as [(Int?, Int)] {
      let before = try library.spending(today: noon, month: noon, currency: "USD")
      let id = try queue()
      try submit(id, images: 4, cost: 12, Budget(), at: noon)
      try library.advance(id, .accepted(jobID: "j", reply: []), at: noon)
      try library.advance(id, .offeredByPoll(reply: [], usage: nil), at: noon)
      try library.add(library.plantImage("one"), to: id)
      try library.advance(id, .pollAgain(reason: "r"), at: noon)
      try library.advance(id, .complete(shortfall: failure), made: made, at: noon)
      let after = try library.spending(today: noon, month: noon, currency: "USD")
      #expect(after.images - before.images == images)
      #expect(
        after.cost.microunits - before.cost.microunits == cents(Int64(images) * 3).microunits)
    }
  }

  @Test("a budget counts all images that were made, also more than were asked for")
  mutating func moreThanAsked() throws {
    let id = try queue()
    try submit(id, images: 2, cost: 6, Budget(), at: noon)
    try library.advance(id, .offered(reply: [], jobID: nil, usage: nil), at: noon)
    try library.advance(id, .complete(shortfall: nil), made: 4, at: noon)
    let spending = try library.spending(today: noon, month: noon, currency: "USD")
    #expect(spending.images == 4 && spending.cost == cents(12))
    #expect(try library.generation(id)?.provider.cost?.amount == cents(12))
  }

  @Test("keeps what a job costs that failed and may be charged")
  mutating func chargedFailure() throws {
    let failure = RecordedFailure(code: "c", message: "m")
    let price = Cost(amount: cents(3), currency: "USD", isEstimated: true, priceTable: "p")
    for (isCharged, cost) in [(true, [price]), (false, [])] {
      let id = try queue()
      try library.advance(
        id, .submit(to: "https://a.example"), provider: RecordedProvider(cost: price),
        reserving: Reservation(images: 1, price: price, budget: Budget(), at: .utc(now: noon)),
        at: noon)
      try library.advance(id, .accepted(jobID: "j", reply: []), at: noon)
      try library.advance(id, .fail(failure, reply: nil, mayBeCharged: isCharged), at: noon)
      #expect(try library.generation(id)?.provider.cost == cost.first)
      #expect(
        try library.spending(today: noon, month: noon, currency: "USD").cost == cents(3))
      #expect(try library.statistics().cost == ["USD": cents(3)])
    }
  }

  @Test("counts the cost that the provider stated")
  mutating func stated() throws {
    let id = try queue()
    try submit(id, Budget(), at: noon)
    let cost = Cost(amount: cents(2), currency: "USD", isEstimated: false)
    try library.advance(
      id, .offered(reply: [], jobID: nil, usage: nil), provider: RecordedProvider(cost: cost),
      at: noon)
    try library.add(library.plantImage("one"), to: id)
    try library.advance(id, .complete(shortfall: nil), at: noon)
    #expect(try library.spending(today: noon, month: noon, currency: "USD").cost == cents(2))
    #expect(try library.generation(id)?.provider.cost == cost)
    let statistics = try library.statistics()
    #expect(statistics.cost == ["USD": cents(2)])
    #expect(statistics.providers.map(\.name) == ["pixazo"])
    #expect(statistics.providers.first?.cost == ["USD": cents(2)])
  }

  @Test("begins its days and months in the local time zone")
  func days() {
    let local = LocalTime(now: noon) { _ in 14 * 3_600 }
    let reservation = Reservation(images: 1, price: nil, budget: Budget(), at: local)
    // 2023-11-15T12:00Z is 02:00 on the 16th in that time zone.
    #expect(reservation.dayStart.description == "2023-11-15T10:00:00Z")
    #expect(reservation.monthStart.description == "2023-10-31T10:00:00Z")
  }
}
