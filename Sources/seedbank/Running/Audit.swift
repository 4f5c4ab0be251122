import Storage
import Sync

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
        .noInput, "nothing of that can be audited",
        hint: "an audit needs generations of a gateway with their seeds and images")
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
  func report(_ reproductions: [GenerationID], _ format: RecordFormat) throws {
    let pairs = try library.generations(reproductions).compactMap { reproduction in
      try reproduction.parent.flatMap { try library.generation($0) }.map {
        (original: $0, reproduction: reproduction)
      }
    }
    let report = AuditReport(pairs)
    session.output.write(format == .table ? text(report) : Self.json(report))
  }

  private func text(_ report: AuditReport) -> String {
    var table = TextTable([
      .init(title: "model"), .init(title: "month"), .init(title: "outcome"),
    ])
    table.rows = report.rows.map { row in
      let outcomes = row.outcomes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      return [
        SafeText.line(row.group.model ?? "(the gateway's own)"), row.group.month,
        outcomes.map { "\($0.value) \($0.key)" }.joined(separator: ", "),
      ]
    }
    return table.rendered(width: session.terminal.width, style: session.style)
  }

  private static func json(_ report: AuditReport) -> String {
    var writer = JSONWriter()
    for row in report.rows {
      writer.object { object in
        object.key("model")
        if let model = row.group.model { object.value(model) } else { object.null() }
        object.key("month")
        object.value(row.group.month)
        object.key("outcomes")
        object.object { outcomes in
          for (name, count) in row.outcomes.sorted(by: { $0.key < $1.key }) {
            outcomes.key(name)
            outcomes.value(count)
          }
        }
      }
      writer.newline()
    }
    return writer.text
  }
}
