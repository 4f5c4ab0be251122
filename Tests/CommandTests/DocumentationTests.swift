import Foundation
import Testing

@testable import seedbank

@Suite("Pages generated from the commands")
struct DocumentationTests {
  @Test("docs/cli.md matches the help of the commands")
  func page() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appendingPathComponent("docs/cli.md")
    let page = try MarkdownPage.text(CommandDump.ofThisProgram())
    let committed = try? String(contentsOf: file, encoding: .utf8)
    #expect(
      committed == page,
      "docs/cli.md is stale: `swift run seedbank documentation markdown --to docs` renews it")
  }

  @Test(
    "every source file that a page names exists",
    arguments: ["CONTRIBUTING.md", "docs/walk-through.md", "docs/design.md", "docs/gateway.md"])
  func namedFiles(page: String) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent(page), encoding: .utf8)
    let names = text.matches(of: /`((?:Sources|Tests|scripts)\/[^`*\s]+)`/).map { String($0.1) }
    #expect(!names.isEmpty)
    for name in names where !name.contains("KIND") {
      #expect(
        FileManager.default.fileExists(atPath: root.appendingPathComponent(name).path),
        "\(page) names \(name), which does not exist")
    }
  }

  @Test("the list of options with values matches the commands")
  func valueOptions() throws {
    func check(_ command: CommandDump.Command, _ path: [String]) {
      let name = path.joined(separator: " ")
      for argument in command.arguments ?? [] where argument.kind != .positional {
        for option in (argument.names ?? []).map(\.typed) {
          #expect(
            ValueOptions.takesValue(option, of: name) == (argument.kind == .option),
            "ValueOptions.swift is wrong about \(option) of '\(name)'")
        }
      }
      for inner in command.subcommands ?? [] { check(inner, path + [inner.commandName]) }
    }
    check(try CommandDump.ofThisProgram().command, [])
  }

  @Test("every command has an abstract and examples")
  func examples() throws {
    for command in try CommandDump.ofThisProgram().command.leaves {
      #expect(command.abstract?.hasSuffix(".") == true, "\(command.path)")
      #expect(!CommandText(command.discussion).examples.isEmpty, "\(command.path)")
    }
  }

  @Test("a paragraph of help is one line, so that it wraps at the width of the terminal")
  func paragraphs() throws {
    for command in try CommandDump.ofThisProgram().command.leaves {
      let lines = (command.discussion ?? "").components(separatedBy: "\n")
      for (line, next) in zip(lines.prefix { $0 != "EXAMPLES" }, lines.dropFirst()) {
        #expect(line.isEmpty || next.isEmpty, "\(command.path): \(line)")
      }
    }
  }

  @Test("manual pages are troff that man accepts")
  func manual() async throws {
    let harness = try Harness()
    try FileManager.default.createDirectory(
      at: harness.folder.appendingPathComponent("man"), withIntermediateDirectories: true)
    try await harness.succeed("documentation", "man", "--to", "man")
    let pages = try FileManager.default.contentsOfDirectory(
      atPath: harness.folder.appendingPathComponent("man").path)
    #expect(pages.contains("seedbank.1"))
    #expect(pages.contains("seedbank-show.1"))
    for page in pages {
      let text = try String(
        contentsOf: harness.folder.appendingPathComponent("man/\(page)"), encoding: .utf8)
      #expect(text.hasPrefix(".TH"))
      #expect(!text.contains("\n'"))
    }
  }
}
