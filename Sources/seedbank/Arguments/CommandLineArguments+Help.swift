import ArgumentParser

extension CommandLineArguments {
  /// Checks that the words after `help` name a command or a topic.
  ///
  /// The parser ignores words that it does not know, and prints the overview.
  ///
  /// - Throws: a `Failure` of status 64.
  static func checkHelp(_ arguments: [String]) throws {
    // Most calls are not for help, and need not be slower for it.
    guard arguments.contains("help") else { return }
    let words = withCurrentNames(arguments)
    guard words.first == "help" else { return }
    var path: [String] = []
    var commands = Seedbank.configuration.subcommands
    var topics = HelpTopic.allCases.map(\.rawValue) + ["help"]
    for word in words.dropFirst().prefix(while: { !$0.hasPrefix("-") }) {
      if topics.contains(word) {
        commands = []
      } else if let command = commands.first(where: { answers($0, to: word) }) {
        commands = command.configuration.subcommands
      } else {
        let shown = commands.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
        throw CommandSynonym.failure(forHelpOn: word, in: path, known: shown + topics)
      }
      topics = []
      path.append(word)
    }
  }
}
