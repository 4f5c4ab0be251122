import SeedbankModel
import SeedbankStorage

/// Makes one edit for the options of a command, and reports it.
struct EditRun {
  let session: Session
  private let isSure: Bool
  private let isDryRun: Bool
  private let isVerbose: Bool
  private let format: OutputFormat

  /// The number of generations above which an edit asks.
  private static let fewEnough = 100
  /// The maximum number of generations that a report names.
  private static let named = 5

  init(
    _ global: GlobalOptions, _ confirm: ConfirmOption? = nil, _ change: DryRunOption,
    _ report: ReportOptions, isVerbose: Bool = false
  ) {
    session = Session(global)
    isSure = confirm?.yes ?? false
    isDryRun = change.dryRun
    format = report.format
    self.isVerbose = isVerbose
  }

  /// Edits the generations that arguments select.
  ///
  /// - Throws: a `Failure` if nothing is selected or the answer is no, `EditError`, `LibraryError`.
  func perform(_ edit: Edit, on arguments: [String]) throws {
    let library = try session.openLibrary(for: .writing)
    try perform(edit, on: session.selected(arguments, in: library), in: library)
  }

  /// - Throws: a `Failure` if the answer is no, `EditError`, `LibraryError`.
  func perform(_ edit: Edit, on ids: [GenerationID], in library: Library) throws {
    try ask(about: ids.count)
    let report = try library.edit(
      edit, on: ids, by: session.actor, at: session.now, rehearsing: isDryRun)
    try tell(report, edit.words, unchanged: max(0, ids.count - report.changed), library)
  }

  /// Edits tags or collections as such.
  ///
  /// - Throws: a `Failure` if the answer is no, `EditError`, `LibraryError`.
  func perform(_ edit: CatalogEdit) throws {
    let library = try session.openLibrary(for: .writing)
    if !isSure {
      let rehearsed = try library.edit(
        edit, by: session.actor, at: session.now, rehearsing: true)
      try ask(about: rehearsed.changed)
    }
    let report = try library.edit(
      edit, by: session.actor, at: session.now, rehearsing: isDryRun)
    try tell(report, edit.words, unchanged: 0, library)
  }

  private func ask(about count: Int) throws {
    guard count > Self.fewEnough, !isDryRun else { return }
    try session.confirm("Edit \(count) generations?", isSure: isSure)
  }

  // MARK: Report

  private func tell(
    _ report: EditReport, _ words: EditWords, unchanged: Int, _ library: Library
  ) throws {
    if format == .json {
      return jsonReport(report, words, unchanged: unchanged).print(format, session)
    }
    let rest =
      unchanged == 0
      ? ""
      : "\(Count.text(unchanged, "generation")) \(unchanged == 1 ? "needs" : "need") no change."
    if report.changed == 0, report.change == nil, unchanged > 0 {
      return session.output.write("Nothing was changed: \(rest)\n")
    }
    let sentence = words.sentence(report.changed, isDryRun: isDryRun)
    let ends = [rest, report.change == nil || isDryRun ? "" : "Undo: `seedbank undo`."]
      .filter { !$0.isEmpty }.map { " " + $0 }.joined()
    if isDryRun || isVerbose, report.changed > 0 {
      session.output.write(sentence + ":\n")
      try list(report.changedIDs, library)
      return session.output.write(ends.isEmpty ? "" : String(ends.dropFirst()) + "\n")
    }
    let named = try library.generations(Array(report.changedIDs.prefix(Self.named)))
      .map { PromptExcerpt.named($0.id, $0.prompt) }
    let more = report.changed - named.count
    let names =
      named.isEmpty
      ? "" : ": " + named.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    session.output.write(sentence + names + "." + ends + "\n")
  }

  /// Each generation on its own line.
  private func list(_ ids: [GenerationID], _ library: Library) throws {
    for page in ids.chunks(of: 500) {
      for generation in try library.generations(Array(page)) {
        session.output.write(
          "  " + PromptExcerpt.named(generation.id, generation.prompt) + "\n")
      }
      try session.output.flushIfLarge()
    }
  }

  private func jsonReport(
    _ report: EditReport, _ words: EditWords, unchanged: Int
  ) -> CommandReport {
    CommandReport(words.command, isDryRun: isDryRun, bytes: []) { object in
      object.member("changed", report.changed)
      object.member("unchanged", unchanged)
      object.member("change", isDryRun ? nil : report.change)
      object.key("ids")
      object.array { array in
        for id in report.changedIDs { array.value(id.rawValue) }
      }
    }
  }
}
