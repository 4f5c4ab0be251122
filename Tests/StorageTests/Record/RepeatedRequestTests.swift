import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

private let noon = Timestamp(milliseconds: 1_700_049_600_000)

@Suite("A request that is sent again")
struct RepeatedRequestTests {
  private let home: TemporaryLibrary
  private let id: GenerationID
  private var library: Library { home.library }

  init() throws {
    home = try TemporaryLibrary()
    var random = SeededGenerator(seed: 1)
    id = try home.library.record([
      GenerationDraft(
        uid: UID(at: noon, using: &random), prompt: "x", parameters: Parameters(),
        createdAt: noon, requestBody: [1])
    ])[0]
  }

  private let later = Array(#"{"output":"later"}"#.utf8)

  private func take(_ transitions: [Transition]) throws {
    for transition in transitions { try library.advance(id, transition, at: noon) }
  }

  private func keepPoll() throws {
    try library.keepPollReply(Array(#"{"detail":"Method Not Allowed"}"#.utf8), of: id)
  }

  @Test("has no job and no reply to a poll of an earlier request when its images are offered")
  func offered() throws {
    let submit = Transition.submit(to: "https://a.example")
    try take([submit, .accepted(jobID: "p", reply: [1])])
    try keepPoll()
    try take([.repeatRequest, submit, .offered(reply: later, jobID: nil, usage: nil)])
    let item = try #require(try library.workItem(id))
    #expect(item.replyBody == later && !item.replyIsFromPoll && item.jobID == nil)
  }

  @Test("has no reply to a poll of an earlier job when it is accepted as a new job")
  func accepted() throws {
    let submit = Transition.submit(to: "https://a.example")
    let failure = RecordedFailure(code: "c", message: "m")
    try take([submit, .outcomeUnknown(failure, reply: nil)])
    try keepPoll()
    try take([.sendAgain, submit, .accepted(jobID: "q", reply: later)])
    let replies = try library.recordedReplies(of: id)
    #expect(replies.submit == later && replies.poll == nil)
  }
}
