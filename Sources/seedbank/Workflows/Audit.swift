import SeedbankModel
import SeedbankStorage
import SeedbankSync

/// Whether seeds still mean anything: a sample of the library made again and judged.
struct Audit {
  private let session: Session
  private let library: Library
  private let sample: AuditSample
  private let page = 200

  /// Draws the sample out of what a query found.
  init(
    of ids: [GenerationID], perGroup size: Int, in library: Library, _ session: Session
  ) throws {
    var dice = SystemRandomNumberGenerator()
    var sample = AuditSample(size: size)
    for start in stride(from: 0, to: ids.count, by: page) {
      for generation in try library.generations(Array(ids.dropFirst(start).prefix(page))) {
        sample.consider(generation, using: &dice)
      }
    }
    guard !sample.ids.isEmpty else {
      throw Failure(
        .noInput, "no matching generation can be audited",
        hint: "an audit needs generated images with known seeds")
    }
    self.session = session
    self.library = library
    self.sample = sample
  }

  /// The requests again, unchanged, each linked to its original.
  func drafts(gateway: String, tags: [TagName]) throws -> [GenerationDraft] {
    var dice = SystemRandomNumberGenerator()
    return try sample.ids.map { id in
      guard let original = try library.generation(id) else {
        throw LibraryError.noSuchGeneration(id)
      }
      let plan = try ReproductionPlan(of: original, recorded: library.requestBody(of: id))
      return try plan.draft(
        plan.cell([], using: &dice), tags: tags, gateway: gateway, at: Clock.now(), using: &dice)
    }
  }

  /// Prints how many of each model and month came back alike.
  func report(_ reproductions: [GenerationID], _ format: OutputFormat) throws {
    let pairs = try library.generations(reproductions).compactMap { reproduction in
      try reproduction.parent.flatMap { try library.generation($0) }.map {
        (original: $0, reproduction: reproduction)
      }
    }
    let report = AuditReport(pairs)
    session.output.write(
      format == .table
        ? AuditText.table(report, session) : AuditText.json(report, asLines: format == .jsonl))
  }
}
