import Foundation
import Testing

@Suite("Notes about results that are not shown")
struct LimitNoteTests {
  /// A library with more matches than are ranked.
  private static func harness() async throws -> Harness {
    let harness = try Harness()
    let lines = (0...2_000).map { #"{"prompt":"zebra number \#($0)"}"# + "\n" }
    try await harness.succeed("restore", harness.write(lines.joined(), to: "many.jsonl"))
    return harness
  }

  @Test("a note says that only the newest matches were ranked, in both orders and as ids")
  func ranked() async throws {
    let harness = try await Self.harness()
    let search = ["search", "zebra", "--sort", "relevance"]
    for options in [["-l", "5"], ["-l", "5", "--reverse"]] {
      let note = try await harness.succeed(search + options).talk
      #expect(note.contains("only the newest 2000 matches were ranked"), "\(note)")
      // No limit shows the matches that were not ranked.
      #expect(note.contains("5 of 2001 shown. More: --after "), "\(note)")
      #expect(!note.contains("--limit 0"), "\(note)")
    }
    for options in [[], ["--reverse"]] {
      let outcome = try await harness.succeed(search + ["--format", "ids"] + options)
      #expect(outcome.lines.count == 2_000)
      #expect(outcome.talk.contains("only the newest 2000 matches were ranked"))
    }
  }

  @Test("the number of prompts in the note is not smaller than the number of those shown")
  func prompts() async throws {
    let harness = try await Self.harness()
    let few = try await harness.succeed("prompts", "--limit", "5").talk
    #expect(few.contains("5 of more than 1000 shown. All: --limit 0."), "\(few)")
    let many = try await harness.succeed("prompts", "--limit", "1500").talk
    #expect(many.contains("1500 of more than 1500 shown. All: --limit 0."), "\(many)")
  }
}
