import ArgumentParser
import Storage

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Compare catalog, image files and search index.",
    discussion: """
      Names every fault and what can be done. With --deep every image is hashed and decoded too, on all
      cores; stopped, it goes on where it was with --resume. With --repair what is derived is rebuilt,
      files are marked as missing or there, and images that no row speaks of are taken in under the tag
      `recovered`. Nothing is deleted that can't be made again. Exit status 65 when something is wrong.

      EXAMPLES
        seedbank check
        seedbank check --deep --repair
      """)

  @Flag(help: "Hash and decode every image.")
  var deep = false
  @Flag(help: "Go on after the last image of a deep check that was stopped.")
  var resume = false
  @Flag(help: "Mend what can be mended.")
  var repair = false
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if resume, !deep { throw ValidationError("--resume goes with --deep") }
  }

  func run() throws {
    let session = Session(global)
    let mends = repair && !change.dryRun
    let library = try session.openLibrary(for: mends ? .writing : .reading)
    let line = ProgressLine(session.talk)
    let start = Clock.monotonic()
    let found = try library.check(
      deep ? .deep(resuming: resume, inspect: PictureInspection.inspect) : .shallow
    ) { done, total in
      line.show(
        Progress(label: "checking", done: done, total: total, elapsed: Clock.monotonic() - start))
    }
    line.clear()
    var mended: RepairReport?
    if mends {
      var random = SystemRandomNumberGenerator()
      mended = try library.repair(
        found.faults, at: session.now, using: &random, inspect: PictureInspection.inspect)
    }
    let text = CheckText(report: found, repair: mended)
    session.output.write(report.format == .json ? text.json : text.text)
    try BatchOutcome.end(with: (mended?.left ?? found.faults).isEmpty ? .done : .badData)
  }
}
