import ArgumentParser
import SeedbankStorage

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check the library for errors.",
    discussion: """
      Names every fault and what can be done about it. Records which image files are missing, so that \
      `is:missing` finds them; a file that is back loses the mark. With --deep, hashes and decodes every \
      image, on all cores; --resume continues a deep check that was stopped. With --repair, rebuilds the \
      search index and everything else that is derived, in whatever state it is, and adds images without \
      a record under the tag `recovered`. Deletes nothing that cannot be made again. The exit status is \
      65 if a fault is left.

      EXAMPLES
        seedbank check
        seedbank check --deep --repair
      """)

  @Flag(help: "Hash and decode every image.")
  var deep = false
  @Flag(help: "Continue a deep check after the last image it reached.")
  var resume = false
  @Flag(help: "Repair what can be repaired.")
  var repair = false
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if resume, !deep { throw ValidationError("--resume goes with --deep") }
  }

  func run() throws {
    let session = Session(global)
    let repairs = repair && !change.dryRun
    let library = try openLibrary(session, repairs: repairs)
    let line = ProgressLine(session.talk)
    let start = Clock.monotonic()
    let found = try library.check(
      deep ? .deep(resuming: resume, inspect: PictureInspection.inspect) : .shallow
    ) { done, total in
      line.show(
        Progress(label: "checking", done: done, total: total, elapsed: Clock.monotonic() - start))
    }
    line.clear()
    let mended = try mend(found.faults, in: library, session, all: repairs)
    let text = CheckText(report: found, repair: mended)
    session.output.write(report.format == .json ? text.json : text.text)
    try BatchOutcome.end(with: mended.left.isEmpty ? .done : .badData)
  }

  /// Opens the library for writing if it can be, since a check records which image files are missing.
  private func openLibrary(_ session: Session, repairs: Bool) throws -> Library {
    if change.dryRun { return try session.openLibrary(for: .reading) }
    do {
      return try session.openLibrary(for: .writing)
    } catch LibraryError.readOnly where !repairs {
      return try session.openLibrary(for: .reading)
    }
  }

  /// Repairs all faults, or only records which files are missing and which are there again.
  private func mend(
    _ faults: [Fault], in library: Library, _ session: Session, all: Bool
  ) throws -> RepairReport {
    var random = SystemRandomNumberGenerator()
    let chosen = library.isReadOnly ? [] : faults.filter { all || $0.concernsPresence }
    var report = try library.repair(
      chosen, at: session.now, using: &random, inspect: PictureInspection.inspect)
    let mended = Set(report.mended)
    report.left = faults.filter { !mended.contains($0) }
    return report
  }
}
