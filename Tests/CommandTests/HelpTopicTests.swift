import Foundation
import Testing

@testable import seedbank

@Suite("Topics of help")
struct HelpTopicTests {
  @Test("every topic is printed by help and installed as a manual page of section 7")
  func topics() async throws {
    let harness = try Harness()
    _ = try await harness.succeed("documentation", "man", "--to", "new/man")
    for topic in HelpTopic.allCases {
      let text = try await harness.succeed("help", topic.rawValue)
      #expect(text.lines.count > 5 && !text.output.contains("`"), "\(text)")
      let page = try String(
        contentsOf: harness.folder.appendingPathComponent("new/man/seedbank-\(topic.rawValue).7"),
        encoding: .utf8)
      #expect(
        page.hasPrefix(
          ".TH \"SEEDBANK\\-\(topic.rawValue.uppercased().replacing("-", with: "\\-"))\" 7"))
    }
  }

  @Test(
    "help with an unknown name is an error that suggests a name",
    arguments: [
      (["nosuch"], "`seedbank help` lists the commands and topics"),
      (["prompt-file"], "`seedbank help prompts-file`?"),
      (["serch"], "`seedbank help search`?"), (["ls"], "`seedbank help search`?"),
      (["generate", "nosuch"], "`seedbank help generate` is the help of generate"),
      (["remote", "lst"], "`seedbank help remote list`?"), (["query", "x"], "help query`"),
    ])
  func unknown(words: [String], hint: String) async throws {
    let harness = try Harness()
    let outcome = try await harness.run(["help"] + words)
    #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.talk.contains(hint), "\(outcome)")
  }

  @Test(
    "help knows hidden commands, old names and itself",
    arguments: [["documentation"], ["tag", "rename"], ["remote", "list"], ["help"], []])
  func known(words: [String]) throws {
    try CommandLineArguments.checkHelp(["help"] + words)
  }

  @Test("no line of a topic is wider than the terminal", arguments: [40, 80, 140])
  func widths(columns: Int) {
    for topic in HelpTopic.allCases {
      let text = PlainPage.text(topic.markdown, width: columns, style: Style(isOn: false))
      for line in text.split(separator: "\n") where !line.hasPrefix("  ") {
        #expect(DisplayWidth.of(line) <= columns, "\(topic): \(line)")
      }
    }
  }

  @Test("the line of usage breaks between options", arguments: [40, 80, 140])
  func usage(columns: Int) {
    let help =
      "A.\n\nUSAGE: seedbank x <ref> [--library <folder>] [--color <color>] [--no-pager]\n\nB"
    let lines = HelpText.wrapped(help, columns: columns).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= columns }, "\(lines)")
    let joined = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(joined == help.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    #expect(HelpText.wrapped(help, columns: nil) == help)
  }

  @Test("models are listed with sizes, seeds and prices, as text and as JSON")
  func models() async throws {
    let harness = try Harness()
    let text = try await harness.succeed("models").output
    #expect(text.contains("seedream-3-0-t2i-250415") && text.contains("documented"), "\(text)")
    let json = try await harness.succeed("models", "--format", "json").standardOutput
    let models = try #require(try JSONSerialization.jsonObject(with: json) as? [[String: Any]])
    #expect(models.count == 4 && models.allSatisfy { $0.keys.contains("price") })
  }
}
