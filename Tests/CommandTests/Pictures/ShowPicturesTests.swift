import FilePaths
import Foundation
import SeedbankModel
import Testing

@Suite("show on a terminal")
struct ShowPicturesTests {
  let harness: Harness
  let sample: SampleLibrary

  init() throws {
    harness = try Harness()
    sample = try SampleLibrary(harness)
    try sample.add("a lighthouse", shade: 3)
  }

  /// Returns the output of `show` on a separate terminal.
  private func onTerminal(_ options: String = "", variables: [String: String]) async throws
    -> String
  {
    harness.environment = variables
    let command = "\\\"$SEEDBANK\\\" show 1 \(options)"
    let outcome = try await harness.shell("script -qec \"\(command)\" /dev/null")
    #expect(outcome.status == 0, "\(outcome)")
    return outcome.output
  }

  @Test(
    "an image is shown with the terminal's protocol",
    arguments: [
      ("xterm-kitty", "\u{1B}_Ga=T"), ("foot", "\u{1B}P0;1;0q"), ("xterm-256color", "▀\u{1B}["),
    ])
  func shown(kind: String, mark: String) async throws {
    #expect(try await onTerminal(variables: ["TERM": kind]).contains(mark))
    #expect(try await onTerminal(variables: ["TERM": kind, "NO_COLOR": "1"]).contains(mark))
  }

  @Test("no image is shown if images are disabled or not supported")
  func notShown() async throws {
    let hidden = try await onTerminal("--picture none", variables: ["TERM": "xterm-kitty"])
    #expect(!hidden.contains("\u{1B}_G") && hidden.contains("a lighthouse"))
    for options in ["", "--picture kitty"] {
      #expect(!(try await onTerminal(options, variables: ["TERM": "dumb"])).contains("\u{1B}"))
    }
    let records = try await onTerminal("--format json", variables: ["TERM": "xterm-kitty"])
    #expect(!records.contains("\u{1B}"))
  }

  @Test(
    "no image is written to a pipe", arguments: ["auto", "kitty", "iterm", "sixel", "blocks"])
  func pipe(choice: String) async throws {
    harness.environment["TERM"] = "xterm-kitty"
    let plain = try await harness.succeed("show", "1", "--picture", "none").output
    #expect(try await harness.succeed("show", "1", "--picture", choice).output == plain)
  }

  @Test("a missing or damaged file is reported in one sentence, and the rest is shown")
  func unreadable() async throws {
    let image = try #require(try sample.library.generation(GenerationID(1))?.images.first)
    let path = sample.library.folder.absolutePath(of: image).text
    try FileManager.default.removeItem(atPath: path)
    let missing = try await onTerminal(variables: ["TERM": "xterm-256color"])
    #expect(missing.contains("not shown: ") && missing.contains("No such file"))
    #expect(missing.contains("a lighthouse"))
    try Data("no picture".utf8).write(to: URL(fileURLWithPath: path))
    let damaged = try await onTerminal(variables: ["TERM": "xterm-256color"])
    #expect(damaged.contains("not shown: the file is not an image of a supported format"))
  }
}
