import ArgumentParser
import FilePaths
import Glibc
import SeedbankStorage

struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Merge a dump into the library.",
    discussion: """
      Generations are known by their uid, so a second time changes nothing. Of each field that people
      edit the newest edit stands. Unfinished work is held for the library that recorded it; see
      `seedbank owner`. What the trash was emptied of stays out. All of the file is restored or, where a line is wrong, nothing. A line
      with just a prompt will do. Images whose files are not in the library are marked as missing.

      EXAMPLES
        seedbank restore library.jsonl
        zstdcat library.jsonl.zst | seedbank restore -
      """)

  @Argument(help: "The file; - is standard input.", completion: .file())
  var file: String
  @Flag(help: "Bring back what the trash was emptied of, too.")
  var emptied = false
  @OptionGroup var change: DryRunOption
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let descriptor = file == "-" ? STDIN_FILENO : open(Path.typed(file), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw LibraryError.inputOutput(operation: "open", path: Path.typed(file), errno: errno)
    }
    defer { if file != "-" { close(descriptor) } }
    let library = try session.openLibrary(for: change.dryRun ? .writing : .creating)
    let line = ProgressLine(session.talk)
    let start = Clock.monotonic()
    let report = try library.restore(
      reading: descriptor, path: Path.typed(file), at: session.now, bringingBack: emptied,
      rehearsing: change.dryRun
    ) { lines in
      line.show(
        Progress(label: "restoring", done: lines, elapsed: Clock.monotonic() - start))
    }
    line.clear()
    session.output.write(text(report))
  }

  private func text(_ report: RestoreReport) -> String {
    let verb = change.dryRun ? "would be added" : "added"
    var text = "\(report.added) \(verb), \(report.merged) merged, \(report.unchanged) unchanged\n"
    if report.leftOut > 0 {
      text +=
        "\(report.leftOut) stay out, for the trash was emptied of them; --emptied brings them back\n"
    }
    if report.trashed > 0 {
      text +=
        "\(report.trashed) went to the trash, for they were removed for good in the other library\n"
    }
    if report.held > 0 { text += OwnershipText.heldSentence(report.held) + ".\n" }
    if report.missingImages > 0 {
      text += "\(report.missingImages) images have no file here and are marked as missing\n"
    }
    for conflict in report.conflicts {
      let what = conflict.generation.map { "\(conflict.field) of \($0)" } ?? conflict.field
      let side = conflict.keptOurs ? "the library's" : "the file's"
      text += "edited on both sides: \(SafeText.line(what)); \(side) is the newer and stands\n"
    }
    let more = report.conflictCount - report.conflicts.count
    return text + (more > 0 ? "and \(more) more\n" : "")
  }
}
