import ArgumentParser
import SeedbankStorage

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check the library for errors.",
    discussion: """
      Lists each error and what to do about it. Marks missing image files, so that `is:missing` \
      finds them, and removes the mark if a file is back. An image that is on a remote only is not an \
      error. The exit status is 65 if errors remain.

      With --quick, it takes about a second: it compares totals and looks at the newest rows and files.

      With --deep, it reads and decodes every image on all cores. --resume continues a deep check \
      that was stopped.

      With --repair, it rebuilds the search index and all other derived data, and corrects the recorded \
      sizes of intact image files. Image files without a record are added with the tag `recovered`. Only \
      data that can be rebuilt is deleted.

      EXAMPLES
        seedbank check
        seedbank check --quick
        seedbank check --deep --repair
      """)

  @Flag(help: "Compare only totals, the newest generations and their files.")
  var quick = false
  @Flag(help: "Read and decode every image.")
  var deep = false
  @Flag(help: "Continue a deep check after the last image it reached.")
  var resume = false
  @Flag(help: "Repair errors if possible.")
  var repair = false
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if quick, deep { throw ValidationError("--quick and --deep cannot be combined") }
    if resume, !deep { throw ValidationError("--resume needs --deep") }
  }

  func run() throws {
    let session = Session(global)
    let repairs = repair && !change.dryRun
    let logEnd = LogEnd(beforeOpening: try session.libraryFolder())
    let library = try openLibrary(session, repairs: repairs)
    let line = ProgressLine(session.talk)
    defer { line.clear() }
    let start = Clock.monotonic()
    let found = try library.check(depth, logEnd: logEnd) { stage, done, total in
      let label =
        switch stage {
        case .catalog: "checking the catalog"
        case .files: "checking"
        }
      line.show(
        Progress(label: label, done: done, total: total, elapsed: Clock.monotonic() - start))
    }
    line.clear()
    let repaired = try applyRepairs(found, in: library, session, all: repairs)
    let text = CheckText(report: found, repair: repaired)
    session.output.write(report.format == .json ? text.json : text.text)
    try BatchOutcome.end(with: repaired.left.isEmpty ? .done : .badData)
  }

  private var depth: Library.Depth {
    if quick { return .quick }
    return deep ? .deep(resuming: resume, inspect: PictureInspection.inspect) : .shallow
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

  /// Repairs all faults, or only records which files are missing and which were found again.
  private func applyRepairs(
    _ found: CheckReport, in library: Library, _ session: Session, all: Bool
  ) throws -> RepairReport {
    let faults = found.faults
    var random = SystemRandomNumberGenerator()
    if !library.isReadOnly { try library.markRemoteFiles(of: found, at: session.now) }
    let chosen = library.isReadOnly ? [] : faults.filter { all || $0.concernsPresence }
    var report = try library.repair(
      chosen, at: session.now, using: &random, inspect: PictureInspection.inspect)
    let repaired = Set(report.repaired)
    report.left = faults.filter { !repaired.contains($0) }
    return report
  }
}
