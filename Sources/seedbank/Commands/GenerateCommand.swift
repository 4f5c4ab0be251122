import ArgumentParser
import Storage
import Sync

struct GenerateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Ask for images, and keep what comes back.",
    discussion: """
      The request is recorded with its seed before it is sent. Where the work is broken off,
      `seedbank sync` carries it on; nothing is asked for twice.

      EXAMPLES
        seedbank generate 'a lighthouse at dusk' --size 1280x720 --tag coast
        seedbank generate 'a lighthouse at dusk' --count 4 --seed 1000
        seedbank generate --from prompts.csv --no-wait
      """)

  @Argument(help: "The prompt.")
  var prompt: String?
  @OptionGroup var request: RequestOptions
  @Option(help: ArgumentHelp("How many of each prompt; seeds follow --seed.", valueName: "number"))
  var count = 1
  @Option(
    help: ArgumentHelp("A tag for each; may be repeated.", valueName: "tag"),
    completion: .tags, transform: NamedValue.tag)
  var tag: [TagName] = []
  @Option(
    help: ArgumentHelp("Prompts from a .txt, .jsonl or .csv file, - for stdin.", valueName: "file"),
    completion: .file())
  var from: String?
  @Option(
    help: ArgumentHelp(
      "How that file is written where its name does not tell: txt, jsonl or csv.",
      valueName: "format"),
    transform: NamedValue.promptFormat)
  var fromFormat: PromptFormat?
  @Flag(help: "Record only; a sync sends them.")
  var noWait = false
  @OptionGroup var gateway: GatewayOptions
  @OptionGroup var change: DryRunOption
  @OptionGroup var records: RecordOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard (prompt == nil) != (from == nil) else {
      throw ValidationError("give either a prompt or --from with a file of prompts")
    }
    guard (1...10_000).contains(count) else { throw ValidationError("--count takes 1 to 10000") }
  }

  func run() async throws {
    let session = Session(global)
    let work = try GatewayWork(session, gateway)
    let template = RequestTemplate(
      parameters: try request.parameters(Settings(session)), tags: tag, count: count,
      gateway: work.address.description)
    let source = try GenerateSource(prompt, from: from, fromFormat, template, session)
    if change.dryRun { return source.describe(session) }
    if !noWait { try work.checkKey() }
    work.listenForStop()
    let library = try session.openLibrary(for: .creating)
    let ids = try source.record(in: library, session, work.stop)
    try await work.complete(ids, in: library, noWait: noWait, label: "generate", records)
  }
}
