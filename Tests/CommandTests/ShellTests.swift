import Foundation
import Testing

/// Tests of typical command lines, in the shells that people use.
@Suite("Typical lines in a shell") struct ShellTests {
  private static let lines = [
    // Searching.
    "seedbank search cat --format ids",
    "seedbank search cat -f ids | wc -l | tr -d ' '",
    "seedbank search '#1' --format ids",
    "seedbank search 1,3 -f ids",
    "seedbank search 2..4 -f ids",
    "seedbank search @last -f ids",
    "seedbank search @last~2 -f ids",
    "seedbank search cat -blurry -f ids",
    "seedbank search -tag:draft -f ids --limit 2",
    "seedbank search rating:4.. -f ids",
    "seedbank search 'rating:>=4' -f ids",
    "seedbank search \"cat OR dog\" -f ids",
    "seedbank search cat OR dog -f ids",
    "seedbank search '(cat OR dog) -blurry' -f ids",
    "seedbank search '\"a cat\"' -f ids",
    "seedbank search 'light*' -f ids",
    "seedbank search tag:client/acme -f ids",
    "seedbank search --count cat",
    "seedbank search -e zebra || echo none",
    "seedbank search cat --json | jq '.[0].id'",
    "seedbank search cat -f jsonl | jq -r .seed",
    "seedbank search cat -f csv | head -1 | cut -c1-10",
    "seedbank search cat --format paths -0 | xargs -0 -n 1 basename | sort",
    "seedbank search cat -l 1 -f ids",
    "seedbank search cat -l1 -fids",
    // Editing.
    "seedbank rate 1 --stars 4",
    "seedbank rate 1,2 --stars 5 -q",
    "seedbank rate 2..3 --stars 3",
    "seedbank rate @last --stars 2",
    "seedbank search cat -f ids | xargs seedbank tag --add pets",
    "seedbank search cat -f ids | xargs -n 1 seedbank favorite",
    "seedbank tag $(seedbank search dog -f ids) --add pets",
    "seedbank tag \"$(seedbank search cat -f ids)\" --add quoted",
    "seedbank tags",
    "seedbank tags rename pets animals",
    "seedbank tag delete animals --dry-run",
    "seedbank delete tag:draft -n",
    "seedbank delete 2 -y",
    "seedbank trash -f ids",
    "seedbank undo",
    "seedbank undo 2 -n",
    "seedbank redo",
    "seedbank trash restore 2",
    "seedbank collection add Faves 1 3",
    "seedbank collection add 'Best of May' '#3'",
    "seedbank collection list Faves -f ids",
    "seedbank saved add best rating:4..",
    "seedbank search search:best -f ids",
    "seedbank saved",
    "seedbank show 1 -f ids",
    "seedbank show '#3' --json | jq .prompt",
    "seedbank note 1 'the light'",
    "echo more | seedbank note 1 --append -",
    "seedbank show 1 --json | jq .note",
    "seedbank prompts -f ids -l 2",
    "seedbank history -f csv | head -1",
    // Mistakes.
    "seedbank search 3",
    "seedbank search cat or dog",
    "seedbank search stars:4",
    "seedbank search cat -x",
    "seedbank search --limit -1",
    "seedbank rate 99 --stars 3",
    "seedbank rate 1 3",
    "seedbank rate zebra --stars 2",
    "seedbank tag lighthouse +coast -draft",
    "seedbank tag tag:animasl --remove draft",
    "seedbank delete tag:client -ny",
    "seedbank export 1 out",
    "seedbank note 1 the light",
    "seedbank ls cat",
    "seedbank shwo 1",
    "seedbank search zebra -f ids | xargs -r seedbank delete",
  ]

  private func output(of shell: String, status: String) async throws -> String {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    try sample.add("a cat on a sofa", seed: 1, tags: ["draft"], shade: 3)
    try sample.add("a cat, blurry", seed: 2, tags: ["draft", "client/acme"])
    try sample.add("a lighthouse at dusk", seed: 3) { $0.rating = 5 }
    try sample.add("a dog and 3 lights", seed: 4, tags: ["coast"], shade: 5)
    let script = Self.lines.map {
      "echo '$ '\(ShellTests.quoted($0))\n\($0)\necho \"=> \(status)\"\n"
    }
    let path = try harness.write(script.joined(), to: "typical")
    let outcome = try await harness.shell(
      "PATH=\"$(dirname \"$SEEDBANK\"):$PATH\" \(shell) '\(path)' 2>&1")
    return outcome.output.replacingOccurrences(of: harness.library.path, with: "LIBRARY")
  }

  /// Returns the text in single quotes in a form that all three shells read; a single quote in the
  /// text is put in double quotes.
  private static func quoted(_ text: String) -> String {
    "'" + text.replacingOccurrences(of: "'", with: "'\"'\"'") + "'"
  }

  @Test("bash, zsh and fish print the same for lines that people type")
  func typical() async throws {
    let bash = try await output(of: "bash", status: "$?")
    try expectSnapshot(bash, "shell")
    #expect(try await output(of: "zsh -f", status: "$?") == bash)
    #expect(try await output(of: "fish", status: "$status") == bash)
  }
}
