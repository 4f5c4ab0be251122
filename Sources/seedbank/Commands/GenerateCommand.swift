import ArgumentParser
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import SeedbankSync

struct GenerateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Generate images and save them to the library.",
    discussion: """
      Each request is recorded with its seed before it is sent. If interrupted, run `seedbank sync` to \
      continue. Nothing is paid for twice.

      On a terminal, Seedbank asks before it requests more than 20 images (setting \
      `confirm.images`). --yes answers the question. Files of prompts are described in \
      `seedbank help prompts-file`.

      EXAMPLES
        seedbank generate 'a lighthouse at dusk' --size 1280x720 --tag coast
        seedbank generate 'a lighthouse at dusk' --count 4 --seed 1000
        seedbank generate --from prompts.csv --no-wait
        echo 'a lighthouse at dawn' | seedbank generate - --no-wait
      """)

  @Argument(help: "The prompt; - reads prompts from standard input.")
  var prompt: String?
  @OptionGroup var request: RequestOptions
  @OptionGroup var providing: ProviderOptions
  @OptionGroup var images: ImageOptions
  @Option(
    help: ArgumentHelp(
      "Number of images for each prompt, with consecutive seeds.", valueName: "number"))
  var count = 1
  @Option(
    help: ArgumentHelp("Add this tag to each generation; can be repeated.", valueName: "tag"),
    completion: .tags, transform: NamedValue.tag)
  var tag: [TagName] = []
  @Option(
    help: ArgumentHelp(
      "Read prompts from a .txt, .jsonl, .json, .csv or .tsv file, or from stdin with -.",
      valueName: "file"),
    completion: .file())
  var from: String?
  @Option(
    help: ArgumentHelp(
      "Format of that file: txt, jsonl, json, csv or tsv (default: by its name and content).",
      valueName: "format"),
    transform: NamedValue.promptFormat)
  var fromFormat: PromptFormat?
  @Flag(help: "Queue only; `seedbank sync` sends them later.")
  var noWait = false
  @OptionGroup var gateway: GatewayOptions
  @OptionGroup var confirm: ConfirmOption
  @OptionGroup var change: DryRunOption
  @OptionGroup var records: RecordOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard (prompt == nil) != (from == nil) else {
      throw ValidationError("Give either a prompt or --from with a file of prompts.")
    }
    guard (1...10_000).contains(count) else {
      throw ValidationError("--count must be a number from 1 to 10000")
    }
  }

  /// The file of prompts; `-` is standard input, also where a prompt is expected.
  private var source: String? { prompt == "-" ? "-" : from }

  func run() async throws {
    let session = Session(global)
    let work = try GatewayWork(session, gateway, provider: providing.provider)
    let settings = try Settings(session)
    let origins = try request.origins(settings)
    let parameters = try request.parameters(settings, for: work.provider.service)
    var template = RequestTemplate(
      parameters: parameters, tags: tag, count: count, provider: work.provider)
    template.parameters.group = images.group
    let references = try ReferenceArguments(images.reference)
    template.parameters.references = references.unread
    // Before a library is created. The limits depend on the models, which a file of prompts can name.
    try check(references, by: ReferenceRule.none, session)
    if change.dryRun {
      _ = try session.libraryToRehearse()
      let prompts = try origins.explaining {
        try GenerateSource(prompt, from: source, fromFormat, template, session)
      }
      try check(references, by: prompts.referenceRule, session)
      return prompts.describe(session, records.format)
    }
    if !noWait { try work.checkKey() }
    // If the file is refused, an empty library exists, so that the next command of a script finds it.
    let created = source == nil ? nil : try session.openLibrary(for: .creating)
    let prompts = try origins.explaining {
      try GenerateSource(prompt, from: source, fromFormat, template, session)
    }
    try check(references, by: prompts.referenceRule, session)
    try session.confirmSpending(prompts.spending, settings, confirm)
    work.listenForStop()
    let library = try created ?? session.openLibrary(for: .creating)
    let ids = try await record(prompts, references, in: library, session, work)
    try await work.complete(ids, in: library, noWait: noWait, label: "generate", records)
  }

  private func check(
    _ references: ReferenceArguments, by rule: ReferenceRule, _ session: Session
  ) throws {
    let library = try references.needsLibrary ? session.presentLibrary() : nil
    try references.check(by: rule, in: library)
  }

  private static func storage(_ library: Library) async throws -> ReferenceStorage {
    while true {
      if let storage = try ReferenceStorage(library) { return storage }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// Records the requests, after their reference images were stored.
  private func record(
    _ prompts: GenerateSource, _ references: ReferenceArguments, in library: Library,
    _ session: Session, _ work: GatewayWork
  ) async throws -> [GenerationID] {
    guard !references.isEmpty else { return try prompts.record(in: library, session, work.stop) }
    let rule = prompts.referenceRule
    let stored = try await work.beforeRecording {
      let storage = try await Self.storage(library)
      let (inputs, images) = try await work.withDownloader { downloader in
        try await references.store(in: storage, library, session, rule, by: downloader)
      }
      return (storage: storage, inputs: inputs, images: images)
    }
    let ids = try prompts.with(stored.inputs, stored.images)
      .record(in: library, session, work.stop)
    withExtendedLifetime(stored.storage) {}
    return ids
  }
}
