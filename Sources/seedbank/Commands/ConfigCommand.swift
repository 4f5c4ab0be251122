import ArgumentParser

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show and change settings.",
    discussion: """
      Options take precedence over environment variables, which take precedence over the config \
      file.

      EXAMPLES
        seedbank config
        seedbank config set generate.size 1280x720
        seedbank config unset generate.size
      """,
    subcommands: [List.self, Get.self, Set.self, Unset.self, Edit.self, Path.self],
    defaultSubcommand: List.self)

  /// Checks an edited config file before it is written.
  static func check(_ text: String, of session: Session) throws {
    let file = try ConfigFile.parse(Array(text.utf8), of: session.environment.configFile)
    // Environment variables are not part of the file.
    try Settings(environment: Environment(variables: [:]), file: file).check()
  }
}
