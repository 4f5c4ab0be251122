import TestRandomness
import Testing

@testable import seedbank

@Suite("Parsing the arguments of search in two ways")
struct QuickSearchTests {
  private func parsed(_ arguments: [String]) -> Search? {
    let command = try? Seedbank.parseAsRoot(CommandLineArguments.prepared(arguments))
    return (command as? SearchCommand)?.search
  }

  @Test("for random arguments, both parsers give the same result")
  func equal() {
    let pieces = [
      "cat", "-blurry", "-tag:draft", "--count", "--facets", "--quiet", "-0", "--limit", "7", "0",
      "--limit=3", "--sort", "rating", "--sort=random:7", "--format", "ids", "--format=json", "csv",
      "--color", "never", "--after", "9", "--library", "/x", "--library=/y", "--", "-", "--help",
      "-h", "--nonsense", "-f", "-fids", "-l", "-l5", "-l=7", "-q", "-e", "--exit-status", "--json",
      "-n", "-ny", "-5", "ids", "save", "list", "\"a b\"", "-x", "é", "--limit=", "--limit=-1", "",
    ]
    var random = SeededGenerator(seed: 42)
    var quick = 0
    for _ in 0..<600 {
      let count = Int.random(in: 0...7, using: &random)
      let words = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }
      let arguments = ["search"] + words
      guard let search = SearchCommand.quick(arguments) else { continue }
      quick += 1
      #expect(parsed(arguments) == search, "\(arguments)")
    }
    #expect(quick > 60)
  }

  @Test(
    "common searches use the fast parser",
    arguments: [
      ["cat"], ["cat", "-blurry", "tag:x"], [], ["cat", "--limit", "50"],
      ["--format", "jsonl", "--limit=0", "x"], ["--", "save"],
      ["cat", "-l", "5", "-f", "ids"], ["-q", "--json", "cat"], ["-e", "cat", "-l5"],
    ])
  func everyday(words: [String]) {
    #expect(SearchCommand.quick(["search"] + words) != nil)
    #expect(SearchCommand.quick(["search"] + words) == parsed(["search"] + words))
  }

  @Test(
    "the argument parser handles arguments with errors",
    arguments: [
      ["--help"], ["--limit", "many"], ["--count", "--facets"], ["-0"], ["save", "x", "y"],
      ["--sort"], ["--nonsense"], ["--json", "--format", "ids"], ["-n"], ["cat", "-x"],
    ])
  func explained(words: [String]) {
    #expect(SearchCommand.quick(["search"] + words) == nil)
  }
}
