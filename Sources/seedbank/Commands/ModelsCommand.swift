import ArgumentParser

struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "List the models that are known, with sizes, seeds and prices.",
    discussion: """
      If --model is not given, the gateway uses the first model. Names that are not in the list \
      are sent unchanged, with a warning. `seedbank help models` explains the columns.

      EXAMPLES
        seedbank models
        seedbank models --format json
      """)

  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    session.output.write(
      report.format == .json ? ModelSummary.json : ModelSummary.table(session))
  }
}
