import FilePaths
import Platform
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import SeedbankSync

/// The source of the prompts of `generate`.
///
/// All prompts are checked when it is made.
struct GenerateSource {
  private enum Kind {
    case one(PromptEntry)
    case file(PromptBatch)
  }

  private var kind: Kind
  private var template: RequestTemplate

  /// - Throws: `RequestError`, `PromptFileError`, or a `Failure` that names the file.
  init(
    _ prompt: String?, from path: String?, _ format: PromptFormat?, _ template: RequestTemplate,
    _ session: Session
  ) throws {
    self.template = template
    let warnings: [RequestWarning]
    if let path {
      let batch = try PromptBatch(checking: Self.open(path, format, session), as: template)
      kind = .file(batch)
      warnings = batch.warnings
    } else {
      let entry = PromptEntry(line: 1, prompt: prompt ?? "")
      kind = .one(entry)
      warnings = try template.check(entry)
    }
    for warning in warnings { session.talk.warn(warning.sentence) }
  }

  /// - Throws: `PromptFileError`, or a `Failure` that names the file if it cannot be read.
  private static func open(
    _ path: String, _ format: PromptFormat?, _ session: Session
  ) throws -> PromptFile {
    let spool = session.environment["TMPDIR"] ?? "/tmp"
    if path == "-" {
      return try PromptFile(taking: dup(STDIN_FILENO), format: format, spool: spool)
    }
    let file = Path.typed(path)
    do throws(PromptFileError) {
      return try PromptFile(path: file, format: format, spool: spool)
    } catch {
      guard case .unreadable(let code) = error.fault else { throw error }
      throw Failure(
        code == ENOENT ? .noInput : .inputOutput,
        "cannot read \(file): \(systemErrorText(code))",
        hint: "--from takes the path of a file, or - for standard input")
    }
  }

  /// The rule for reference images, which is that of all models of its prompts together.
  var referenceRule: ReferenceRule {
    switch kind {
    case .one(let entry): template.referenceRule(for: entry)
    case .file(let batch): batch.referenceRule
    }
  }

  /// The same prompts with reference images that are in the library.
  func with(_ inputs: [ReferenceInput], _ images: [ReferenceImage]) -> GenerateSource {
    var source = self
    source.template.parameters.references = inputs
    source.template.references = images
    if case .file(let batch) = kind { source.kind = .file(batch.with(source.template)) }
    return source
  }

  /// The number of its generations.
  var count: Int {
    switch kind {
    case .one: template.count
    case .file(let batch): batch.generations
    }
  }

  /// What all of it brings and costs at most.
  var spending: ExpectedSpending {
    switch kind {
    case .one(let entry): template.spending(of: entry)
    case .file(let batch): batch.spending
    }
  }

  /// Prints the requests that would be recorded and sent.
  func describe(_ session: Session, _ format: OutputFormat) {
    if format == .json || format == .jsonl {
      var writer = JSONWriter()
      writer.object { object in
        object.member("dry_run", true)
        object.member("generations", count)
        object.member("images", spending.images)
        object.member("cost", raw: spending.cost.map { "\($0.amount)" })
        object.member("currency", spending.cost?.currency)
        object.member("gateway", template.provider.base)
      }
      writer.newline()
      return session.output.write(writer.bytes)
    }
    let group =
      spending.images > count ? " for up to \(Count.text(spending.images, "image"))" : ""
    let estimate = spending.cost.map { " The estimated cost is \($0.amount) \($0.currency)." } ?? ""
    session.output.write(
      "Would record and send \(Count.text(count, "generation"))\(group) to "
        + "\(template.provider.base ?? "the gateway").\(estimate)\n")
  }

  /// Records all requests.
  ///
  /// After a stop, it reports which ones were not recorded.
  ///
  /// - Throws: `LibraryError`, `PromptFileError`.
  func record(
    in library: Library, _ session: Session, _ stop: StopSwitch
  ) throws -> [GenerationID] {
    var random = SystemRandomNumberGenerator()
    switch kind {
    case .one(let entry):
      return try library.record(template.drafts(for: entry, at: Clock.now(), using: &random))
    case .file(let batch):
      let line = ProgressLine(session.talk)
      defer { line.clear() }
      let begun = Clock.monotonic()
      do {
        let recorded = try batch.record(
          in: library, at: { Clock.now() }, using: &random, shouldStop: { stop.isOn },
          onProgress: { done in
            line.show(
              Progress(
                label: "record", done: done, total: batch.generations,
                elapsed: Clock.monotonic() - begun))
          })
        tell(recorded, session)
        return recorded.ids
      } catch {
        line.clear()
        tell(error.recorded, session)
        throw error.cause
      }
    }
  }

  private func tell(_ recorded: PromptBatch.Recorded, _ session: Session) {
    guard let missing = recorded.missing else { return }
    session.talk.warn(
      "lines \(missing.lowerBound)-\(missing.upperBound) were not recorded",
      hint: recorded.ids.isEmpty
        ? nil : "the lines before them are queued; `seedbank sync` sends them")
  }
}
