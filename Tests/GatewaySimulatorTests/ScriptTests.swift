import FoundationEssentials
import Testing

@testable import GatewaySimulator

@Suite("Scripts")
struct ScriptTests {
  /// A rule for every value that a script can contain.
  static let everything: [Rule] = {
    var rules = [
      Rule(
        on: .submit, nth: 1, from: 1, until: 9, every: 3, attempt: 2, chance: 0.5,
        promptContains: "cat", limit: 4, Behaviour(wait: 0.5, charged: true, clock: -86_400)),
      Rule(
        on: .submit,
        Behaviour(
          answer: Answer(
            418, .maker, code: "C", message: "M", param: "P",
            retryAfter: RetryAfter(seconds: 1, date: 2.5, text: "t"), headers: ["X": "Y"],
            body: "B", charged: false))),
      Rule(
        on: .submit,
        Behaviour(
          accept: Acceptance(
            image: true, usage: false, details: true, count: 2, failed: [1],
            lifetime: 9.5),
          job: JobPlan(statuses: ["QUEUED", "done?"], missing: 2, images: false))),
      Rule(
        on: .download,
        Behaviour(transfer: Transfer(after: 9, bytesPerSecond: 8, hops: 7, ranges: false))),
      Rule(on: .submit, Behaviour(picture: Alteration(size: "640x480"))),
    ]
    rules += Endpoint.allCases.map { Rule(on: $0, Behaviour()) }
    rules += ConnectionFault.allCases.map { Rule(Behaviour(connection: $0)) }
    rules += Refusal.allCases.map { Rule(Behaviour(refusal: $0)) }
    rules += Answer.Shape.allCases.map { Rule(Behaviour(answer: Answer(500, $0))) }
    rules += Acceptance.Style.allCases.map { Rule(Behaviour(accept: Acceptance(style: $0))) }
    rules += IDSpelling.allCases.map { Rule(Behaviour(accept: Acceptance(id: $0))) }
    rules += ImageContainer.allCases.map {
      Rule(Behaviour(accept: Acceptance(container: $0), job: JobPlan(container: $0)))
    }
    rules += ImageElement.allCases.map {
      Rule(Behaviour(accept: Acceptance(element: $0), job: JobPlan(element: $0)))
    }
    rules += TimeSpelling.allCases.map {
      Rule(Behaviour(accept: Acceptance(created: $0), job: JobPlan(created: $0)))
    }
    rules += Transfer.Fault.allCases.map { Rule(Behaviour(transfer: Transfer(fault: $0))) }
    rules += PictureFormat.allCases.map { Rule(Behaviour(picture: Alteration(format: $0))) }
    rules += Drift.allCases.map { Rule(Behaviour(picture: Alteration(drift: $0))) }
    return rules
  }()

  @Test("every script is the same after writing and reading")
  func roundTrip() throws {
    let script = Script(Self.everything, seed: 12)
    #expect(try Script(json: script.json) == script)
  }

  @Test("a misspelled key is an error")
  func misspelt() {
    let text = #"{"rules": [{"on": "poll", "evry": 2, "do": {"refusal": "serverError", "x": 1}}]}"#
    #expect(throws: ScriptError.unknownKeys(["rules[0].do.x", "rules[0].evry"])) {
      try Script(json: text.utf8)
    }
  }

  @Test("a value that its place cannot take is an error")
  func wrongValue() {
    for text in ["", "[]", #"{"rules": [{"do": {"refusal": "noSuchThing"}}]}"#, #"{"rules": 4}"#] {
      #expect(throws: ScriptError.self) { try Script(json: text.utf8) }
    }
  }

  @Test("every example in docs/simulator.md is a script")
  func examples() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/simulator.md")
    let text = try String(decoding: Data(contentsOf: page), as: UTF8.self)
    let blocks = text.split(separator: "```json\n").dropFirst().map {
      $0.prefix(upTo: $0.firstRange(of: "```")?.lowerBound ?? $0.endIndex)
    }
    #expect(blocks.count >= 5)
    for block in blocks {
      let script = try Script(json: block.utf8)
      #expect(!script.rules.isEmpty)
    }
    // The page also lists every name that a script can use.
    let names: [String] =
      Refusal.allCases.map(\.rawValue) + ConnectionFault.allCases.map(\.rawValue)
      + Transfer.Fault.allCases.map(\.rawValue) + Drift.allCases.map(\.rawValue)
      + IDSpelling.allCases.map(\.rawValue) + ImageContainer.allCases.map(\.rawValue)
      + ImageElement.allCases.map(\.rawValue) + TimeSpelling.allCases.map(\.rawValue)
      + Answer.Shape.allCases.map(\.rawValue) + PictureFormat.allCases.map(\.rawValue)
    for name in names { #expect(text.contains("`\(name)`"), "docs/simulator.md lacks \(name)") }
  }

  @Test("rules match by number, attempt, share, prompt and limit")
  func matching() {
    func matched(_ rule: Rule, _ numbers: ClosedRange<Int> = 1...10) -> [Int] {
      numbers.filter {
        let occasion = Occasion(endpoint: .submit, number: $0, attempt: $0, prompt: "a black cat")
        return rule.matches(occasion, index: 0, seed: 1, fired: 0)
      }
    }
    #expect(matched(Rule(nth: 3, Behaviour())) == [3])
    #expect(matched(Rule(from: 4, until: 6, Behaviour())) == [4, 5, 6])
    #expect(matched(Rule(every: 5, Behaviour())) == [5, 10])
    #expect(matched(Rule(every: 0, Behaviour())) == [])
    #expect(matched(Rule(attempt: 2, Behaviour())) == [2])
    #expect(matched(Rule(on: .poll, Behaviour())) == [])
    #expect(matched(Rule(promptContains: "cat", Behaviour())).count == 10)
    #expect(matched(Rule(promptContains: "dog", Behaviour())).isEmpty)
    #expect(matched(Rule(limit: 0, Behaviour())).isEmpty)
    let share = matched(Rule(chance: 0.02, Behaviour()), 1...10_000)
    #expect((120...280).contains(share.count))
    #expect(share == matched(Rule(chance: 0.02, Behaviour()), 1...10_000))
  }
}
