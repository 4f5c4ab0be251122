import SeedbankModel
import SeedbankStorage
import SeedbankSync

/// `reproduce --audit`: reproduces a sample of generations, and reports how many images are the same.
struct ReproductionAudit {
  let session: Session
  /// The maximum number of generations of each model and month.
  let sample: Int
  let tags: [TagName]
  /// The name of the provider that the user chose; nil for that of each original.
  let provider: String?
  let gateway: GatewayOptions
  let confirm: ConfirmOption
  let change: DryRunOption
  let format: OutputFormat

  /// - Parameter words: a query, or the ids of generations.
  func run(_ words: [String], in library: Library) async throws {
    let work = try GatewayWork(session, gateway, provider: provider)
    let drafts = try drafts(words, work, in: library)
    if !change.dryRun { try work.checkKeys(of: drafts) }
    // Verdicts need the images of the originals.
    try await session.fetchRemoteImages(
      of: drafts.compactMap(\.parent), in: library, isDryRun: change.dryRun)
    if change.dryRun { return describe(drafts) }
    try session.confirmSpending(ExpectedSpending(drafts), Settings(session), confirm)
    session.talk.note(
      "reproducing \(Count.text(drafts.count, "generation")); the gateway charges for each")
    work.listenForStop()
    let ids = try library.record(drafts)
    let reporter = SyncReporter(session, label: "audit", total: ids.count)
    let report = try await work.run(library, .only(ids), reporter)
    let outcome = try AuditReport(of: ids, in: library, at: session.local)
    session.output.write(
      format == .table
        ? AuditText.table(outcome, session)
        : AuditText.json(outcome, asLines: format == .jsonl))
    try BatchOutcome.end(with: report.status)
  }

  /// The requests of the generations that are drawn.
  private func drafts(
    _ words: [String], _ work: GatewayWork, in library: Library
  ) throws -> [GenerationDraft] {
    var random = SystemRandomNumberGenerator()
    let drawn = try AuditSample(
      of: session.ids(words, in: library), size: sample, in: library, at: session.local,
      using: &random)
    guard !drawn.ids.isEmpty else {
      throw Failure(
        .noInput, "no matching generation can be audited",
        hint: "an audit needs generated images with known seeds")
    }
    return try drawn.drafts(
      in: library, provider: { try work.provider(for: $0) }, tags: tags, at: Clock.now(),
      using: &random)
  }

  /// Prints what would be sent.
  private func describe(_ drafts: [GenerationDraft]) {
    let spending = ExpectedSpending(drafts)
    CommandReport(
      "reproduce", change, text: "Would reproduce \(Count.text(drafts.count, "generation")).\n"
    ) { object in
      object.member("generations", drafts.count)
      object.member("images", spending.images)
      object.member("cost", raw: spending.cost.map { "\($0.amount)" })
      object.member("currency", spending.cost?.currency)
    }.print(format == .table ? .table : .json, session)
  }
}
