import SeedbankProviders
import Testing

@testable import SeedbankSync

@Suite("The reason why a run leaves a generation")
struct LeavingTests {
  @Test(
    "the report and the events give the same reason why a generation is not finished",
    arguments: [
      .stillPending, .otherGateway, .otherAccount, .noImageYet, .held,
      .pollRefused(GatewayMessage(code: nil, text: "no")), .notFetched(.refused(status: 403)),
      .referenceMissing(position: 2), .referenceRemote(position: 2),
    ] as [Leaving])
  func reason(_ leaving: Leaving) throws {
    #expect(try #require(leaving.reason).message == leaving.sentence)
  }

  @Test("a generation that is finished or belongs to another process has no reason in the report")
  func withoutReason() {
    let others: [Leaving] = [
      .settled, .settledElsewhere, .claimedElsewhere, .changedElsewhere, .stopped,
    ]
    #expect(others.allSatisfy { $0.reason == nil })
  }
}
