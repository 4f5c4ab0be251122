/// Names that people try for a command: in other programs they are its name.
enum CommandSynonym {
  private static let names: [String: String] = [
    "ls": "search", "list": "search", "find": "search", "query": "search", "grep": "search",
    "rm": "delete", "remove": "delete", "del": "delete", "erase": "delete",
    "new": "generate", "gen": "generate", "create": "generate", "make": "generate",
    "fav": "favorite", "star": "favorite", "favourite": "favorite", "like": "favorite",
    "unfav": "unfavorite", "unstar": "unfavorite", "unfavourite": "unfavorite",
    "cat": "show", "view": "show", "info": "show", "get": "show", "rerun": "reproduce",
    "repeat": "reproduce", "retry": "sync", "resume": "sync", "label": "tag", "rating": "rate",
    "collections": "collection", "album": "collection", "searches": "saved", "log": "history",
    "dupes": "duplicates", "settings": "config", "ingest": "import", "statistics": "stats",
    "edit": "note", "untag": "tag",
  ]

  /// The refusal of a command that does not exist, with the whole command that was probably meant.
  static func failure(for name: String, rest: [String]) -> Failure {
    let commands = Seedbank.configuration.subcommands.map { $0.configuration }
    let known = commands.filter(\.shouldDisplay).compactMap(\.commandName)
    let nearest = names[name.lowercased()] ?? Suggestion.nearest(to: name, among: known)
    return Failure(
      .usage, "the command '\(name)' does not exist",
      hint: nearest.map { "did you mean \(PositionalForm.quoted([$0] + rest))?" }
        ?? "`seedbank --help` lists the commands")
  }
}
