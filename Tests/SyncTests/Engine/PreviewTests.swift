import Foundation
import GatewaySimulator
import SeedbankStorage
import Testing

@testable import SeedbankSync

@Suite("A preview in a recorded reply", .timeLimit(.minutes(5)))
struct PreviewTests {
  private static let gone = Rule(
    on: .poll, Behaviour(answer: Answer(404, .text, message: "Job not found")))

  /// The member of a reply with an image of this height.
  private static func image(_ height: Int) -> String {
    let base64 = Data(Bitmap.bytes(width: 20, height: height)).base64EncodedString()
    return #""images":[{"b64_json":"\#(base64)"}]"#
  }

  private static func submit(_ body: String) -> Rule {
    Rule(on: .submit, Behaviour(answer: Answer(200, body: body, charged: true)))
  }

  @Test("of a submit is not taken for the result if the images of a lost job are requested again")
  func submitted() async throws {
    let preview = #"{"job_set_id":"j","status":"processing",\#(Self.image(20))}"#
    try await Workbench.with(Script([Self.submit(preview), Self.gone])) { bench in
      let id = try bench.record()[0]
      #expect(try await bench.sync().counts == [.lost: 1])
      let kept = try #require(try bench.library.recordedReplies(of: id).poll)
      #expect(String(decoding: kept, as: UTF8.self).contains("Job not found"))
      #expect(try await bench.sync(retryLost: true).counts == [.lost: 1])
      #expect(try bench.library.generation(id)?.images.isEmpty == true)
      // The service knows the job again.
      let result = #"{"status":"succeeded",\#(Self.image(24))}"#
      await bench.gateway.follow(
        Script([Rule(on: .poll, Behaviour(answer: Answer(200, body: result)))]))
      #expect(try await bench.sync(retryLost: true).counts == [.complete: 1])
      // A bitmap is stored without being decoded, so only its length is known.
      let images = try #require(try bench.library.generation(id)).images
      #expect(images.map(\.bytes) == [Int64(Bitmap.bytes(width: 20, height: 24).count)])
      #expect(await bench.gateway.ledger.submits == 1)
      try await bench.expectSound()
    }
  }

  @Test("of a poll at the deadline is replaced by the last reply, and is not taken for the result")
  func polled() async throws {
    let running = #"{"job_set_id":"j","status":"processing"}"#
    let preview = #"{"status":"processing",\#(Self.image(20))}"#
    let rules = [
      Self.submit(running), Rule(on: .poll, Behaviour(answer: Answer(200, body: preview))),
    ]
    try await Workbench.with(Script(rules)) { bench in
      let id = try bench.record()[0]
      var settings = Workbench.quick
      settings.patience = .milliseconds(100)
      #expect(try await bench.sync(settings).counts == [.pending: 1])
      #expect(try bench.library.recordedReplies(of: id).poll == Array(preview.utf8))
      await bench.gateway.follow(Script([Self.gone]))
      #expect(try await bench.sync().counts == [.lost: 1])
      let kept = try #require(try bench.library.recordedReplies(of: id).poll)
      #expect(String(decoding: kept, as: UTF8.self).contains("Job not found"))
      #expect(try await bench.sync(retryLost: true).counts == [.lost: 1])
      #expect(try bench.library.generation(id)?.images.isEmpty == true)
      try await bench.expectSound()
    }
  }
}
