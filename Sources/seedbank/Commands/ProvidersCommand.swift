import ArgumentParser

struct ProvidersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "providers",
    abstract: "List and test the image services that requests can be sent to.",
    subcommands: [List.self, Test.self], defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List providers with their models and what the models can do.",
      discussion: """
        Works without a key and sends nothing. Providers are configured under `providers:` in the \
        config file; pixazo is always there.

        EXAMPLES
          seedbank providers
          seedbank providers --format json
        """)

    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let session = Session(global)
      let settings = try Settings(session)
      let providers = try settings.providerNames.map { try settings.provider($0) }
      session.output.write(
        report.format == .json
          ? ProviderList.json(providers) : ProviderList.text(providers, session))
    }
  }

  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test",
      abstract: "Test the address and key of a provider without a charge.",
      discussion: """
        Asks about a job that does not exist. If the service has no such call, shows the request that \
        would be sent and sends nothing.

        EXAMPLES
          seedbank providers test pixazo
        """)

    @Argument(help: "Name of the provider.")
    var name: String
    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let session = Session(global)
      let settings = try Settings(session)
      let provider = try settings.provider(chosen: name)
      let key = try APIKeySource.read(for: provider.name, session, settings)
      try await ProviderProbe(provider).run(key, settings).print(report, session)
    }
  }
}
