import Foundation
import SeedbankProviders
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage
@testable import SeedbankSync

/// Tests of a job whose submit was answered with images under an unknown status word.
@Suite("Images in the reply to a submit that names a job")
struct JobPlanFallbackTests {
  private static let uncertain =
    #"{"id":"j","status":"refining","images":["https://a.example/preview"]}"#
  private static let preview =
    #"{"id":"j","status":"processing","images":["https://a.example/preview"]}"#

  private func job(own: Bool = true) throws -> PolledJob {
    var randomSource = SystemRandomNumberGenerator()
    let time = Timestamp(milliseconds: 0)
    let item = WorkItem(
      id: GenerationID(1), uid: UID(at: time, using: &randomSource), status: .pending,
      requestBody: [], gateway: nil, account: nil, jobID: "j", provider: .original,
      references: [], replyBody: nil, replyIsFromPoll: false, attempts: 1, since: time,
      submittedAt: time, storedPositions: [], keptReply: nil, failureCode: nil, refusedRuns: 0,
      model: nil)
    return PolledJob(item, isOwnGateway: true, isOwnAccount: own)
  }

  private func read(_ status: Int, _ body: String) -> PollOutcome {
    PollReply.read(
      status: status, headers: [:], body: Array(body.utf8), at: Date(timeIntervalSince1970: 0))
  }

  /// Returns the first second at which the images of the submit are used, if every poll has the same reply.
  ///
  /// - Parameter first: the body of the reply to the first poll, if it is another.
  private func firstUse(
    of submitted: String = Self.uncertain, _ status: Int, _ body: String, own: Bool = true,
    after first: String? = nil
  ) throws -> Int? {
    let job = try job(own: own)
    var settings = SyncSettings()
    settings.grace = .seconds(30)
    settings.patience = .seconds(600)
    var progress = JobProgress()
    progress.waitingSince = .zero
    for second in (0...70).map({ $0 * 10 }) {
      let outcome =
        second == 0 ? read(first == nil ? status : 200, first ?? body) : read(status, body)
      let planned = JobPlan.after(
        outcome, reply: nil, job, &progress, at: .seconds(second), settings)
      let decision = JobPlan.orSubmittedImages(
        planned, after: outcome, job, &progress, at: .seconds(second), settings
      ) {
        Array(submitted.utf8)
      }
      if case .offeredByPoll(let reply, _)? = decision.transition {
        #expect(reply == Array(submitted.utf8) && decision.next == .goOn)
        return second
      }
      if case .leave = decision.next { return nil }
    }
    return nil
  }

  @Test("images of a submit are used if the job is unknown, has none, or its polls are refused")
  func used() throws {
    #expect(try firstUse(404, #"{"error":"no such job"}"#) == 30)
    #expect(try firstUse(200, #"{"error":"Job not found"}"#) == 30)
    #expect(try firstUse(200, #"{"status":"succeeded"}"#) == 30)
    #expect(try firstUse(200, #"{"status":"refining"}"#) == 600)
    #expect(try firstUse(404, "<html>") == 600)
    #expect(try firstUse(400, #"{"error":"bad id"}"#) == 30)
  }

  @Test("images of a submit are not used for a job that was running, unless it is gone or done")
  func running() throws {
    let processing = #"{"status":"processing"}"#
    #expect(try firstUse(200, #"{"status":"refining"}"#, after: processing) == nil)
    #expect(try firstUse(404, "<html>", after: processing) == nil)
    #expect(try firstUse(400, #"{"error":"bad id"}"#, after: processing) == nil)
    #expect(try firstUse(200, #"{"status":"succeeded"}"#, after: processing) == 40)
    #expect(try firstUse(404, #"{"error":"no such job"}"#, after: processing) == 40)
  }

  @Test("images of a submit are not used while the job may bring others, or if they are previews")
  func notUsed() throws {
    #expect(try firstUse(200, #"{"status":"processing"}"#) == nil)
    #expect(try firstUse(200, #"{"status":"failed"}"#) == nil)
    #expect(try firstUse(503, "<html>") == nil)
    #expect(try firstUse(404, #"{"error":"no such job"}"#, own: false) == nil)
    #expect(try firstUse(of: Self.preview, 404, #"{"error":"no such job"}"#) == nil)
  }
}
