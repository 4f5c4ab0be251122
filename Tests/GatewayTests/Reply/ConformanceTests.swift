import TestRandomness
import Testing

@testable import SeedbankProviders

@Suite("Recorded replies")
struct ConformanceTests {
  @Test("a reply to a submit is read as recorded", arguments: try ReplyFixture.all("submit"))
  func submit(_ recorded: ReplyFixture) {
    let outcome = SubmitReply.read(recorded.reply, at: ReplyFixture.arrival)
    #expect(Summary.of(outcome) == recorded.expected)
  }

  @Test("a reply to a poll is read as recorded", arguments: try ReplyFixture.all("poll"))
  func poll(_ recorded: ReplyFixture) {
    let outcome = PollReply.read(recorded.reply, at: ReplyFixture.arrival)
    #expect(Summary.of(outcome) == recorded.expected)
  }

  @Test("a damaged reply is still an outcome", arguments: ["submit", "poll"])
  func mutated(_ name: String) throws {
    var generator = SeededGenerator(seed: 4242)
    for recorded in try ReplyFixture.all(name) {
      for _ in 0..<150 {
        var body = recorded.reply.body
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          mutate(&body, using: &generator)
        }
        let status = Bool.random(using: &generator) ? 200 : recorded.reply.status
        let reply = Reply(status: status, headers: recorded.reply.headers, body: body)
        let said = [
          Summary.of(SubmitReply.read(reply, at: ReplyFixture.arrival)),
          Summary.of(PollReply.read(reply, at: ReplyFixture.arrival)),
        ]
        let controls = said.joined().unicodeScalars.contains { $0.value < 0x20 && $0.value != 0x0A }
        #expect(!controls || said.joined().contains("link("))
        _ = Offers.redactingImages(in: body, replacements: [1: "sha256:0"])
      }
    }
  }

  private func mutate(_ body: inout [UInt8], using generator: inout SeededGenerator) {
    guard !body.isEmpty else {
      body = [UInt8.random(in: 0...255, using: &generator)]
      return
    }
    let at = Int.random(in: 0..<body.count, using: &generator)
    let telling = Array(#"{}[]",:\u0nte-9"#.utf8)
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: body[at] = UInt8.random(in: 0...255, using: &generator)
    case 1: body[at] = telling.randomElement(using: &generator) ?? 0
    case 2: body.remove(at: at)
    default: body.insert(contentsOf: body[at...].prefix(20), at: at)
    }
  }
}
