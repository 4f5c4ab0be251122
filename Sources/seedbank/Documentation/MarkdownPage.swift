/// docs/cli.md: every command on one page.
enum MarkdownPage {
  static func text(_ dump: CommandDump) -> String {
    let root = dump.command
    var page = """
      # The command line

      <!-- Generated from the help texts by `seedbank documentation markdown --to docs`. Edit the \
      help texts in Sources/seedbank instead. -->

      \(root.abstract ?? "")


      """
    page += CommonPages.sections.map { "## \($0.title)\n\n\($0.markdown)\n" }.joined(
      separator: "\n")
    page += "\n## Commands\n\n"
    page += root.leaves.map { "- [`\($0.path)`](#\(anchor($0.path))): \($0.abstract ?? "")\n" }
      .joined()
    page += root.leaves.map { "\n" + section($0, common(root.leaves)) }.joined()
    page += "\n## Every command also takes\n\n" + list(common(root.leaves))
    return page
  }

  private static func section(
    _ command: CommandDump.Command, _ common: [CommandDump.Argument]
  ) -> String {
    let text = CommandText(command.discussion)
    let labels = Set(common.map(\.label))
    let own = command.shownArguments.filter { !labels.contains($0.label) }
    var section = "### `\(command.path)`\n\n\(command.abstract ?? "")\n\n"
    section += "```\n" + usage(command.path, own) + "\n```\n"
    for paragraph in text.paragraphs { section += "\n\(paragraph)\n" }
    if !text.examples.isEmpty {
      section += "\n```sh\n" + text.examples.joined(separator: "\n") + "\n```\n"
    }
    if !own.isEmpty { section += "\n" + list(own) }
    return section
  }

  static func usage(_ path: String, _ arguments: [CommandDump.Argument]) -> String {
    ([path] + arguments.map(\.usage)).joined(separator: " ")
  }

  private static func list(_ arguments: [CommandDump.Argument]) -> String {
    arguments.map { "- `\($0.label)`: \($0.explanation)\n" }.joined()
  }

  /// The section about the options of all commands.
  static func common(_ commands: [CommandDump.Command]) -> [CommandDump.Argument] {
    let labels = commands.map { Set($0.shownArguments.map(\.label)) }
    guard let first = commands.first else { return [] }
    return first.shownArguments.filter { argument in
      labels.allSatisfy { $0.contains(argument.label) }
    }
  }

  private static func anchor(_ path: String) -> String {
    String(path.map { $0 == " " ? "-" : $0 })
  }
}
