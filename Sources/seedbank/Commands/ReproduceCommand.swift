import ArgumentParser
import FilePaths
import SeedbankModel
import SeedbankStorage
import SeedbankSync

struct ReproduceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Repeat a recorded request and compare the new image with the original.",
    discussion: """
      The recorded request is sent again; only the fields that you change differ. If nothing is \
      changed, the new image is compared with the original, and the verdict is recorded. Files that \
      this needs and that are on a remote only are downloaded first.

      EXAMPLES
        seedbank reproduce 1234
        seedbank reproduce 1234 --new-seed --count 4
        seedbank reproduce ~/Downloads/picture.jpg --set size=1280x720 --dry-run
        seedbank reproduce 1234 --vary guidance_scale=2,4,6 --vary seed=1..3 --contact-sheet grid.png
        seedbank reproduce created:2026 --audit
      """)

  @Argument(
    help: ArgumentHelp(
      "A generation, or a query that matches one; with --audit any query.", valueName: "ref"),
    completion: .generations)
  var words: [String]
  @OptionGroup var reproduction: ReproductionOptions
  @Option(
    help: ArgumentHelp("Add this tag to each generation; can be repeated.", valueName: "tag"),
    completion: .tags, transform: NamedValue.tag)
  var tag: [TagName] = []
  @Flag(help: "Do not copy the tags of the original.")
  var noInherit = false
  @Flag(
    help: "Reproduce a sample, and count by model and month how many images are the same.")
  var audit = false
  @Option(help: ArgumentHelp("Number of generations of each model and month.", valueName: "number"))
  var sample = 3
  @Flag(help: "Queue only; `seedbank sync` sends them later.")
  var noWait = false
  @OptionGroup var providing: ProviderOptions
  @OptionGroup var gateway: GatewayOptions
  @OptionGroup var confirm: ConfirmOption
  @OptionGroup var change: DryRunOption
  @OptionGroup var records: RecordOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard (1...1000).contains(sample) else {
      throw ValidationError("--sample must be a number from 1 to 1000")
    }
    if noWait, reproduction.contactSheet != nil {
      throw ValidationError("--contact-sheet and --no-wait cannot be combined")
    }
    guard audit else { return }
    if reproduction.changesAnything {
      throw ValidationError("--audit cannot be combined with changes to the request")
    }
    if noWait { throw ValidationError("--audit and --no-wait cannot be combined") }
    guard [.table, .json, .jsonl].contains(records.format) else {
      throw ValidationError("--audit supports the formats table, json and jsonl")
    }
  }

  func run() async throws {
    let session = Session(global)
    let library = try session.openLibrary(for: change.dryRun ? .reading : .writing)
    if audit {
      return try await ReproductionAudit(
        session: session, sample: sample, tags: tag, provider: providing.provider,
        gateway: gateway, confirm: confirm, change: change, format: records.format
      ).run(words, in: library)
    }
    let original = try session.generation(meantBy: words, in: library)
    let work = try GatewayWork(
      session, gateway, provider: providing.provider, of: original)
    func fetch() async throws {
      try await session.fetchRemoteImages(of: [original.id], in: library, isDryRun: change.dryRun)
    }
    // The files of reference images are checked with the request.
    let fetchesEarly =
      !reproduction.withoutReferences && original.references.contains { $0.place == .remote }
    if fetchesEarly { try await fetch() }
    let reproductions = try reproduction.origins.explaining {
      try ReproductionBatch(
        of: original, in: library, reproduction, tags: tags(of: original), provider: work.provider,
        expectsRemoteFiles: change.dryRun)
    }
    let sheet = try reproduction.contactSheet.map {
      try GridSheet(path: $0, of: reproductions.grid, from: original)
    }
    try reproductions.warn(session, in: library)
    let fetchesLate = !fetchesEarly && reproductions.hasUnchangedRequest
    if change.dryRun {
      if fetchesLate { try await fetch() }
      return reproductions.describe(session, records.format)
    }
    if !noWait { try work.checkKey() }
    // A verdict needs the image of the original, and a warning must come before the costs.
    if fetchesLate { try await fetch() }
    reproductions.warnWithoutVerdict(session, in: library)
    try session.confirmSpending(ExpectedSpending(reproductions.drafts), Settings(session), confirm)
    work.listenForStop()
    let ids = try reproductions.record(in: library)
    let report = ReproductionReport(
      original: original, judge: Judge(library), style: session.style)
    try await work.complete(
      ids, in: library, noWait: noWait, label: "reproduce", records,
      afterwards: { try sheet?.write(ids, in: library, session) }, remark: { report.text($0) })
  }

  /// The tags of a reproduction: those of the original, then those of the command.
  private func tags(of original: Generation) -> [TagName] {
    let inherited = noInherit ? [] : original.tags.compactMap { TagName($0) }
    return inherited + tag.filter { !inherited.contains($0) }
  }
}
