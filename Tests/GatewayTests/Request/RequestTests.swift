import TestRandomness
import Testing

@testable import SeedbankProviders

@Suite("Requests")
struct RequestTests {
  private func text(_ body: RequestBody) -> String { String(decoding: body.bytes, as: UTF8.self) }

  @Test("a request is encoded to exactly these bytes")
  func exact() throws {
    let request = SubmitRequest(
      prompt: "a \"cat\" / 猫\n🐈\u{01}",
      parameters: RequestParameters(
        model: "seedream-3-0-t2i-250415", responseFormat: .url,
        size: .pixels(width: 1024, height: 1024), seed: 42, guidanceScale: 2.5, watermark: false))
    let expected =
      #"{"prompt":"a \"cat\" / 猫\n🐈\u0001","model":"seedream-3-0-t2i-250415","response_format":"url","#
      + #""size":"1024x1024","seed":42,"guidance_scale":2.5,"watermark":false}"#
    #expect(try text(request.encode()) == expected)
  }

  @Test("missing fields are left out, and whole numbers are written without a point")
  func short() throws {
    #expect(try text(SubmitRequest(prompt: "x").encode()) == #"{"prompt":"x"}"#)
    let whole = SubmitRequest(prompt: "x", parameters: RequestParameters(guidanceScale: 3))
    #expect(try text(whole.encode()) == #"{"prompt":"x","guidance_scale":3}"#)
    let tenth = SubmitRequest(prompt: "x", parameters: RequestParameters(guidanceScale: 7.1))
    #expect(try text(tenth.encode()) == #"{"prompt":"x","guidance_scale":7.1}"#)
  }

  @Test("an encoded request is read as the same request")
  func roundTrip() throws {
    var generator = SeededGenerator(seed: 1)
    let models = [nil, "seedream-3-0-t2i-250415", "ep-2025"]
    for _ in 0..<300 {
      let request = SubmitRequest(
        prompt: "p" + String(UInt64.random(in: 0..<(.max), using: &generator), radix: 36),
        parameters: RequestParameters(
          model: models.randomElement(using: &generator) ?? nil,
          responseFormat: ResponseFormat.allCases.randomElement(using: &generator),
          size: .pixels(
            width: Int.random(in: 512...2048, using: &generator),
            height: Int.random(in: 512...2048, using: &generator)),
          seed: Seed.draw(using: &generator),
          guidanceScale: Double.random(in: 1...10, using: &generator),
          watermark: Bool.random(using: &generator)))
      #expect(try request.encode().fields().request() == request)
    }
  }

  @Test("an empty prompt is refused", arguments: ["", " ", "\n\t"])
  func emptyPrompt(_ prompt: String) {
    #expect(throws: RequestError.emptyPrompt) { try SubmitRequest(prompt: prompt).encode() }
  }

  @Test(
    "bytes that are not a request are an error", arguments: ["", "[]", "{}", "{\"prompt\":1}", "x"])
  func notARequest(_ text: String) {
    #expect(throws: RequestError.notARequest) {
      try RequestBody(recorded: Array(text.utf8)).fields()
    }
  }

  @Test(
    "one field changes and every other byte stays",
    arguments: [
      (RequestChange.seed(7), #"{ "seed" :7, "prompt":"a\/b" , "x":[1, 2]}"#),
      (.seed(nil), #"{ "prompt":"a\/b" , "x":[1, 2]}"#),
      (.prompt("c\"d"), #"{ "seed" :42, "prompt":"c\"d" , "x":[1, 2]}"#),
      (.size(.preset(.two)), #"{ "seed" :42, "prompt":"a\/b" , "x":[1, 2],"size":"2K"}"#),
      (.guidanceScale(2.5), #"{ "seed" :42, "prompt":"a\/b" , "x":[1, 2],"guidance_scale":2.5}"#),
      (.watermark(nil), #"{ "seed" :42, "prompt":"a\/b" , "x":[1, 2]}"#),
    ])
  func replaced(_ change: RequestChange, _ expected: String) throws {
    let body = RequestBody(recorded: Array(#"{ "seed" :42, "prompt":"a\/b" , "x":[1, 2]}"#.utf8))
    #expect(try text(body.replacing(change)) == expected)
  }

  @Test("the last field is removed with the comma before it, and an only field without one")
  func removed() throws {
    let two = RequestBody(recorded: Array(#"{"prompt":"a", "seed":1}"#.utf8))
    #expect(try text(two.replacing(.seed(nil))) == #"{"prompt":"a"}"#)
    let one = RequestBody(recorded: Array(#"{"seed":1}"#.utf8))
    #expect(try text(one.replacing(.seed(nil))) == "{}")
    let none = RequestBody(recorded: Array("{ }".utf8))
    #expect(try text(none.replacing(.seed(5))) == #"{"seed":5 }"#)
  }

  @Test("a change is parsed from typed text")
  func changes() throws {
    #expect(try RequestChange(field: "guidance-scale", value: "3") == .guidanceScale(3))
    #expect(try RequestChange(field: "watermark", value: "No") == .watermark(false))
    #expect(try RequestChange(field: "size", value: "1.5k") == .size(.preset(.oneAndAHalf)))
    #expect(try RequestChange(field: "seed", value: "") == .seed(nil))
    #expect(throws: RequestError.unknownField("stlye")) {
      try RequestChange(field: "stlye", value: "x")
    }
    #expect(throws: RequestError.badValue(field: .seed)) {
      try RequestChange(field: "seed", value: "cat")
    }
    #expect(throws: RequestError.sizeNotRead("big", allowed: ModelRules.unknown.sizes)) {
      try RequestChange(field: "size", value: "big")
    }
  }
}
