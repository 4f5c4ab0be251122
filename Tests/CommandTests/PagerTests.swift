import Foundation
import Testing

@Suite("Long output on a terminal")
struct PagerTests {
  private func shown(_ arguments: String, _ variables: [String: String] = [:]) async throws
    -> String
  {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    for seed in 1...40 { try sample.add("a cat", seed: Int64(seed)) }
    harness.environment = ["TERM": "xterm-256color", "PAGER": "sed s/^/paged:/"].merging(variables)
    { $1 }
    let command = "stty rows 24 cols 80; \\\"$SEEDBANK\\\" \(arguments)"
    let outcome = try await harness.shell("script -qec \"\(command)\" /dev/null")
    #expect(outcome.status == 0, "\(outcome)")
    return outcome.output
  }

  @Test("is shown by PAGER if it is longer than the screen, and the command waits for it")
  func paged() async throws {
    let output = try await shown("search cat")
    #expect(
      output.split(whereSeparator: \.isNewline).count { $0.hasPrefix("paged:") } >= 41, "\(output)")
  }

  @Test(
    "is printed directly if it is short or if the pager is disabled",
    arguments: [
      ("search cat --limit 5", "sed s/^/paged:/"), ("search cat --no-pager", "sed s/^/paged:/"),
      ("search cat", "cat"), ("search cat", ""),
    ])
  func direct(arguments: String, pager: String) async throws {
    let output = try await shown(arguments, ["PAGER": pager])
    #expect(!output.contains("paged:") && output.contains("cat"), "\(output)")
  }

  @Test("thumbnails are below the lines of a table")
  func thumbnails() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a lighthouse", shade: 3)
    harness.environment["TERM"] = "xterm-256color"
    let outcome = try await harness.shell(
      "script -qec \"\\\"$SEEDBANK\\\" search --thumbnails\" /dev/null")
    #expect(outcome.output.contains("▀\u{1B}["), "\(outcome)")
  }
}
