import Foundation
import GatewaySimulator
import SeedbankModel
import SeedbankProviders
import Testing

@testable import SeedbankSync

@Suite("A reply with several images inside")
struct GroupReplyTests {
  @Test("may be larger than one with a single image")
  func large() async throws {
    let images = [20, 21].map { height in
      let base64 = Data(Bitmap.bytes(width: 20, height: height)).base64EncodedString()
      return #"{"b64_json":"\#(base64)"}"#
    }
    let padding = String(repeating: "x", count: 150_000)
    let body = #"{"padding":"\#(padding)","data":[\#(images.joined(separator: ","))]}"#
    let rule = Rule(on: .submit, Behaviour(answer: Answer(200, body: body, charged: true)))
    for (group, status) in [(2, Status.complete), (1, .unknown)] {
      let service = ServiceCase(
        name: "openai", kind: "openai",
        parameters: RequestParameters(
          model: "gpt-image-1", size: .pixels(width: 1024, height: 1024), group: group))
      try await Workbench.with(Script([rule])) { bench in
        let id = try bench.record(service)
        var client = GatewaySettings()
        client.replyLimit = 100_000
        try await bench.sync(client: client)
        let generation = try #require(try bench.library.generation(id))
        #expect(generation.status == status, "\(generation.failure?.message ?? "")")
        #expect(generation.images.count == (group == 2 ? 2 : 0))
      }
    }
  }

  @Test("that has a digest instead of an image is partial, and failed if it has no other image")
  func digest() async throws {
    let digest = #"{"b64_json":"sha256:\#(String(repeating: "ab", count: 32))"}"#
    let base64 = Data(Bitmap.bytes(width: 20, height: 20)).base64EncodedString()
    let image = #"{"b64_json":"\#(base64)"}"#
    let service = ServiceCase(
      name: "openai", kind: "openai",
      parameters: RequestParameters(
        model: "gpt-image-1", size: .pixels(width: 1024, height: 1024), group: 2))
    for (images, status) in [([digest], Status.failed), ([image, digest], .complete)] {
      let body = #"{"data":[\#(images.joined(separator: ","))]}"#
      let rule = Rule(on: .submit, Behaviour(answer: Answer(200, body: body, charged: true)))
      try await Workbench.with(Script([rule])) { bench in
        let id = try bench.record(service)
        try await bench.sync()
        let generation = try #require(try bench.library.generation(id))
        #expect(generation.status == status)
        #expect(generation.images.count == images.count - 1)
        let reason = generation.failure?.message ?? ""
        #expect(reason.contains("the reply's base64 is damaged"), "\(reason)")
      }
    }
  }

  @Test("to a repeated request follows the images of the first attempt, also if it is not a stream")
  func afterBrokenStream() async throws {
    let service = try #require(ServiceCase.all.first { $0.name == "ark stream" })
    let bitmaps = [20, 21].map { Bitmap.bytes(width: 20, height: $0) }
    let images = bitmaps.map { #"{"b64_json":"\#(Data($0).base64EncodedString())"}"# }
    let body = #"{"model":"m","data":[\#(images.joined(separator: ","))]}"#
    let rules = [
      Rule(on: .submit, nth: 1, Behaviour(stream: EventStream(events: 1, end: .done))),
      Rule(on: .submit, nth: 2, Behaviour(answer: Answer(200, body: body, charged: true))),
    ]
    try await Workbench.with(Script(rules + ServiceCase.quick)) { bench in
      let id = try bench.record(service)
      #expect(try await bench.sync().counts == [.unknown: 1])
      let first = try #require(try bench.library.generation(id)).images
      #expect(first.map(\.position) == [1])
      #expect(try await bench.sync(retryUnknown: true).counts == [.complete: 1])
      let generation = try #require(try bench.library.generation(id))
      #expect(generation.images.map(\.position) == [1, 2, 3])
      #expect(generation.images.first == first.first && !generation.isPartial)
      #expect(generation.images.dropFirst().map(\.bytes) == bitmaps.map { Int64($0.count) })
      // The recorded reply has the digests of its own images.
      let reply = try #require(try bench.library.recordedReplies(of: id).submit)
      let offers = try #require(Offers.read(reply))
      #expect(offers.images.map(\.position) == [2, 3] && offers.model == "m")
      let digests = generation.images.dropFirst().map(\.digest.description)
      #expect(offers.images.map(\.source) == digests.map { .stored($0) })
      try await bench.expectSound(paidTwice: true)
    }
  }

  @Test("is received to its end if its events cannot be stored, and its images are saved later")
  func fullDisk() async throws {
    let service = try #require(ServiceCase.all.first { $0.name == "ark stream" })
    try await Workbench.with(Script(ServiceCase.quick)) { bench in
      let id = try bench.record(service)
      let attempt = try #require(try bench.library.workItem(id)).attempt.next
      // A folder with the name of the file prevents the file, as a full disk does.
      let obstacle =
        bench.library.folder.incoming.text + "/\(attempt.uid)-\(attempt.number).reply.part"
      try FileManager.default.createDirectory(
        atPath: obstacle, withIntermediateDirectories: true)
      let report = try await bench.sync()
      guard case .local = report.stop else {
        Issue.record("stopped by \(String(describing: report.stop))")
        return
      }
      #expect(report.counts == [.ready: 1])
      try FileManager.default.removeItem(atPath: obstacle)
      try await bench.sync()
      let generation = try #require(try bench.library.generation(id))
      #expect(generation.status == .complete && !generation.isPartial)
      #expect(generation.images.map(\.position) == [1, 2, 3])
      #expect(await bench.gateway.ledger.charges.count == 1)
      try await bench.expectSound()
    }
  }
}
