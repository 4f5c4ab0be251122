import ArgumentParser

struct KeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Store and test the API key.",
    discussion: """
      EXAMPLES
        seedbank key test
      """,
    subcommands: [SetKey.self, Test.self])

  static let accepted = "The gateway accepts the key.\n"
}
