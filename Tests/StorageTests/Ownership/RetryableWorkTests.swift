import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("Work that is repeated on request")
struct RetryableWorkTests {
  private let now = Timestamp(milliseconds: 1_700_000_100_000)

  @Test("is listed by its owner, without the trash, among all generations and among named ones")
  func owners() throws {
    let home = try TemporaryLibrary()
    let library = home.library
    let failure = RecordedFailure(code: "c", message: "m")
    let ids = try library.queue(7, seed: 1)
    for id in ids[0...5] { try library.advance(id, .submit(to: "x"), at: now) }
    for id in ids[0...3] {
      try library.advance(id, .offered(reply: [], jobID: nil, usage: nil), at: now)
    }
    for id in ids[0...2] { try library.advance(id, .lose(failure), at: now) }
    try library.advance(ids[3], .complete(shortfall: failure), at: now)
    for id in ids[4...5] {
      try library.advance(id, .outcomeUnknown(failure, reply: nil), at: now)
    }
    try library.edit(.trash, on: [ids[2]], by: "ana", at: now)
    try library.giveAway { $0 == ids[1].rawValue || $0 == ids[5].rawValue }

    let images = try library.retryable(.missingImages)
    #expect(images.own == [ids[0], ids[3]] && images.others == [ids[1]])
    let named = try library.retryable(.missingImages, among: [ids[6], ids[3], ids[2], ids[1]])
    #expect(named.own == [ids[3]] && named.others == [ids[1]])
    let unknown = try library.retryable(.unknownOutcome)
    #expect(unknown.own == [ids[4]] && unknown.others == [ids[5]])
    #expect(try library.retryable(.unknownOutcome, among: []) == RetryableWork())
    for kind in [RetryKind.missingImages, .unknownOutcome] {
      for id in try library.retryable(kind).own {
        let item = try #require(try library.workItem(id))
        #expect(kind.applies(to: item))
        try library.advance(id, kind.transition, at: now)
      }
      #expect(try library.retryable(kind).own.isEmpty)
    }
  }
}
