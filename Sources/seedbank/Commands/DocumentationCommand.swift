import ArgumentParser
import FilePaths

struct DocumentationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "documentation",
    abstract: "Write the pages that are generated from the commands.",
    discussion: """
      EXAMPLES
        seedbank documentation markdown --to docs
        seedbank documentation man --to build/man
      """,
    shouldDisplay: false)

  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case markdown, man
  }

  @Argument(help: "Pages to write.")
  var kind: Kind
  @Option(help: ArgumentHelp("Folder to write to.", valueName: "folder"))
  var to: String
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let dump = try CommandDump.ofThisProgram()
    let pages =
      switch kind {
      case .markdown: [(name: "cli.md", text: MarkdownPage.text(dump))]
      case .man: ManualPage.pages(dump)
      }
    let folder = Path.absolute(to)
    try FileWriting.makeFolder(folder)
    for page in pages {
      try FileWriting.replace(folder + "/" + page.name, with: Array(page.text.utf8))
    }
  }
}
