import ArgumentParser
import Storage

struct FavoriteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "favorite",
    abstract: "Mark what a query finds as favorite.",
    discussion: """
      EXAMPLES
        seedbank favorite id:1234
        seedbank search is:favorite
      """)

  @OptionGroup var chosen: ChosenOptions
  @OptionGroup var global: GlobalOptions

  func run() throws { try chosen.perform(.favorite(true), global) }
}

struct UnfavoriteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unfavorite",
    abstract: "Take the mark of a favorite away.",
    discussion: """
      EXAMPLES
        seedbank unfavorite is:favorite rating:<4
      """)

  @OptionGroup var chosen: ChosenOptions
  @OptionGroup var global: GlobalOptions

  func run() throws { try chosen.perform(.favorite(false), global) }
}

struct DeleteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Move what a query finds to the trash.",
    discussion: """
      Image files stay until the trash is emptied; `seedbank undo` or `seedbank trash restore` bring
      everything back.

      EXAMPLES
        seedbank delete id:1234
        seedbank delete tag:draft rating:none --dry-run
      """)

  @OptionGroup var chosen: ChosenOptions
  @OptionGroup var global: GlobalOptions

  func run() throws { try chosen.perform(.trash, global) }
}

/// For edits that need no more than the query.
struct ChosenOptions: ParsableArguments {
  @Argument(help: .query)
  var query: [String]
  @OptionGroup var confirm: ConfirmOption
  @OptionGroup var change: DryRunOption

  func perform(_ edit: Edit, _ global: GlobalOptions) throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .writing)
    let ids = try session.ids(query, in: library)
    try session.edit(edit, on: ids, in: library, confirm, change)
  }
}
