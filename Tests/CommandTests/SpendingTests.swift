import Foundation
import SeedbankModel
import SeedbankStorage
import SeedbankSync
import Testing

@testable import seedbank

@Suite("Before images are paid for")
struct SpendingTests {
  @Test("the question names the count, and the price if it is known")
  func question() {
    var random = SystemRandomNumberGenerator()
    let time = Timestamp(milliseconds: 0)
    let drafts = (0..<30).map { _ in
      GenerationDraft(
        uid: UID(at: time, using: &random), prompt: "a cat", parameters: Parameters(),
        createdAt: time)
    }
    let spending = ExpectedSpending(drafts)
    let unknown = SpendingEstimate(spending: spending, price: nil)
    #expect(unknown.question == "Generate 30 images (the price is not known)?")
    let known = SpendingEstimate(spending: spending, price: ImagePrice("0.035 USD"))
    #expect(known.question == "Generate 30 images (about 1.05 USD)?")
    let unnamed = SpendingEstimate(spending: spending, price: ImagePrice("0.035"))
    #expect(unnamed == known)
    for text in ["0.035 usd", " 0.035  USD "] { #expect(ImagePrice(text) == ImagePrice("0.035")) }
    #expect(ImagePrice("0.035 EUR")?.currency == "EUR")
    #expect(ImagePrice("cheap") == nil && ImagePrice("-1") == nil && ImagePrice("") == nil)
  }

  @Test("a terminal is asked above the limit, and nothing is recorded if the answer is no")
  func asked() async throws {
    try await SyncHarness.with { bench in
      bench.harness.environment["SEEDBANK_CONFIRM_PRICE"] = "0.03 USD"
      func answered(_ answer: String, _ options: String) async throws -> Harness.Outcome {
        let command = "\\\"$SEEDBANK\\\" generate cat --no-wait \(options)"
        return try await bench.shell("echo \(answer) | script -qec \"\(command)\" /dev/null")
      }
      let no = try await answered("n", "--count 21")
      #expect(
        no.status == 75 && no.output.contains("Generate 21 images (about 0.63 USD)?"), "\(no)")
      #expect(!FileManager.default.fileExists(atPath: bench.harness.library.path))
      #expect(try await answered("y", "--count 21").status == 0)
      let few = try await answered("n", "--count 20")
      #expect(few.status == 0 && !few.output.contains("Generate 20"), "\(few)")
      #expect(try await answered("n", "--count 21 --yes").status == 0)
      // A script is not asked to confirm.
      try await bench.succeed("generate", "cat", "--count", "25", "--no-wait")
      #expect(try await bench.succeed("search", "--count").output == "87\n")
    }
  }

  @Test("- reads prompts from standard input, without comments")
  func standardInput() async throws {
    try await SyncHarness.with { bench in
      let outcome = try await bench.shell(
        "printf '# mine\\na cat\\n\\\\#1 fan\\n' | \"$SEEDBANK\" generate - --no-wait")
      #expect(outcome.status == 0, "\(outcome)")
      let found = try await bench.succeed("search", "--sort", "oldest", "--columns", "prompt")
      #expect(found.lines.dropFirst() == ["a cat", "#1 fan"])
    }
  }

  @Test("an imported image of an unknown model is reproduced only with a chosen model")
  func foreignModel() async throws {
    try await SyncHarness.with { bench in
      _ = try bench.harness.write(
        #"{"prompt":"a cat","model":"sd_xl_base_1.0","seed":7}"#, to: "d.jsonl")
      try await bench.succeed("restore", "d.jsonl")
      let refused = try await bench.run("reproduce", "1", "--dry-run")
      #expect(refused.status == 64 && refused.talk.contains("--set model="), "\(refused)")
      try await bench.succeed(
        "reproduce", "1", "--set", "model=seedream-3-0-t2i-250415", "--dry-run")
      try await bench.succeed("reproduce", "1", "--vary", "model=ep-1,ep-2", "--dry-run")
    }
  }

  @Test("a field whose value the shell took is explained, and not saved")
  func redirected() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a cat")
    #expect(try await harness.run("search", "rating:").talk.contains("rating:4.."))
    let saved = try await harness.run("search", "save", "best", "rating:")
    #expect(saved.status == 64 && saved.talk.contains("rating:4.."), "\(saved)")
    #expect(try await harness.run("search", "search:best").status != 0)
  }
}
