import TestRandomness
import Testing

@testable import SeedbankProviders

/// A service's reply from a fixture file, with the call that it answers.
struct ServiceFixture: CustomTestStringConvertible, Sendable {
  let kind: String
  let call: String
  let fixture: ReplyFixture

  var testDescription: String { "\(kind): \(fixture.name)" }

  static func all() throws -> [ServiceFixture] {
    try ImageServices.all.flatMap { service in
      try ReplyFixture.all("Services/\(service.kind)").map { fixture in
        let parts = fixture.name.split(separator: ": ", maxSplits: 1)
        return ServiceFixture(kind: service.kind, call: String(parts[0]), fixture: fixture)
      }
    }
  }

  /// Returns how the service reads the reply, or another reply to the same call.
  func reading(_ reply: Reply) throws -> String {
    let service = try #require(ImageServices.of(kind: kind))
    let whole = Reply(
      status: reply.status, headers: reply.headers,
      body: StreamRecord.converting(reply.body) ?? reply.body)
    if call == "submit" {
      return Summary.of(service.readSubmit(whole, at: ReplyFixture.arrival))
    }
    if call == "cog" {
      return Summary.of(
        service.readSubmit(whole, from: Replicate.cogPath, at: ReplyFixture.arrival))
    }
    let state: JobState =
      call == "status"
      ? .running(endpoint: "/a/b/c", jobID: "j") : .finished(endpoint: "/a/b/c", jobID: "j")
    switch service.readPoll(whole, to: state, at: ReplyFixture.arrival) {
    case .resultReady: return "result ready"
    case .outcome(let outcome): return Summary.of(outcome)
    }
  }
}

@Suite("Replies of services")
struct ServiceReplyTests {
  @Test("a reply is read as recorded", arguments: try ServiceFixture.all())
  func recorded(_ fixture: ServiceFixture) throws {
    #expect(try fixture.reading(fixture.fixture.reply) == fixture.fixture.expected)
  }

  @Test("no damaged reply crashes a reader, and none without an image is a success")
  func damaged() throws {
    var generator = SeededGenerator(seed: 1717)
    for fixture in try ServiceFixture.all() {
      for _ in 0..<60 {
        let reply = fixture.fixture.reply
        var body = reply.body
        for _ in 0..<Int.random(in: 1...5, using: &generator) {
          damage(&body, using: &generator)
        }
        let said = try fixture.reading(
          Reply(status: reply.status, headers: reply.headers, body: body))
        if said.hasPrefix("offered") {
          #expect(said.contains("link(") || said.contains("inline("), "\(said)")
        }
      }
    }
  }

  private func damage(_ body: inout [UInt8], using generator: inout SeededGenerator) {
    guard !body.isEmpty else { return }
    let at = Int.random(in: 0..<body.count, using: &generator)
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: body[at] = UInt8.random(in: 0...255, using: &generator)
    case 1: body[at] = Array("{}[]\",:0n\n".utf8).randomElement(using: &generator) ?? 0
    case 2: body.removeSubrange(at...)
    default: body.remove(at: at)
    }
  }

  @Test(
    "a success without an image is never a success",
    arguments: [
      "", "{}", "[]", "null", #"{"data":[]}"#, #"{"data":[{}]}"#, #"{"data":[{"url":null}]}"#,
      #"{"images":[]}"#, #"{"output":[]}"#, #"{"output":null,"status":"succeeded"}"#,
      #"{"data":[{"b64_json":""}]}"#, "data: [DONE]\n\n", ": keep-alive\n\n",
      "data: {\"type\":\"image_generation.completed\",\"usage\":{}}\n\n",
    ])
  func empty(_ body: String) throws {
    let bytes = Array(body.utf8)
    let reply = Reply(status: 200, body: StreamRecord.converting(bytes) ?? bytes)
    for service in ImageServices.all {
      let submit = Summary.of(service.readSubmit(reply, at: ReplyFixture.arrival))
      #expect(!submit.hasPrefix("offered") && !submit.hasPrefix("accepted"), "\(service.kind)")
      for state in [
        JobState.running(endpoint: "/a/b", jobID: "j"), .finished(endpoint: "/a/b", jobID: "j"),
      ] {
        if case .outcome(.offered) = service.readPoll(reply, to: state, at: ReplyFixture.arrival) {
          Issue.record("\(service.kind) offers an image")
        }
      }
    }
  }
}
