/// Names of commands in other programs, for suggestions.
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

  /// The error for an unknown word after `help`, with a suggestion of the whole command.
  ///
  /// - Parameters:
  ///   - path: The command before the word; empty for a word that must be a command or a topic.
  ///   - known: The names that are possible there.
  static func failure(forHelpOn name: String, in path: [String], known: [String]) -> Failure {
    let synonym = path.isEmpty ? names[name.lowercased()] : nil
    let nearest = synonym ?? Suggestion.nearest(to: name, among: known)
    let words = ["help"] + path
    let page =
      path.isEmpty
      ? "lists the commands and topics"
      : known.isEmpty ? "is the help of \(path.joined(separator: " "))" : "lists the subcommands"
    let what = path.isEmpty ? "command or topic" : "subcommand of \(path.joined(separator: " "))"
    return Failure(
      .usage, "'\(SafeText.line(name))' is not a \(what)",
      hint: nearest.map { "did you mean \(PositionalForm.quoted(words + [$0]))?" }
        ?? "\(PositionalForm.quoted(words)) \(page)")
  }

  /// The error for an unknown command, with a suggestion of the whole command.
  static func failure(for name: String, rest: [String]) -> Failure {
    let commands = Seedbank.configuration.subcommands.map { $0.configuration }
    let known = commands.filter(\.shouldDisplay).compactMap(\.commandName)
    let nearest = names[name.lowercased()] ?? Suggestion.nearest(to: name, among: known)
    // Another word is probably a key, which the command refuses and an error must not repeat.
    let rest = nearest == "key" ? Array(rest.prefix { $0 == "set" || $0 == "test" }) : rest
    return Failure(
      .usage, "the command '\(name)' does not exist",
      hint: nearest.map { "did you mean \(PositionalForm.quoted([$0] + rest))?" }
        ?? "`seedbank --help` lists the commands")
  }
}
