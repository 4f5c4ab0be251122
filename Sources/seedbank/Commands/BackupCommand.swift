import ArgumentParser
import FilePaths
import SeedbankStorage

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Back the library up into a folder.",
    discussion: """
      The backup is a library itself. A second one into the same folder brings only what is new. On the
      same disk image files become hard links, which take no room and do not outlive the disk; --copy
      copies them. Whatever was brought is read back and hashed. A backup never sends the requests that
      were unfinished when it was made, unless `seedbank adopt` makes it their owner.

      EXAMPLES
        seedbank backup /media/usb/seedbank
        seedbank check --library /media/usb/seedbank --deep
      """)

  @Argument(help: "The backup's folder.", completion: .directory)
  var folder: String
  @Flag(help: "Copy image files even where they could be linked.")
  var copy = false
  @OptionGroup var change: DryRunOption
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .reading)
    if change.dryRun {
      let plan = try library.backupPlan(to: Path.absolute(folder))
      session.output.write(
        "\(Count.text(plan.copied, "image")) would be brought (\(ByteCount.text(plan.copiedBytes))), "
          + "\(plan.kept) are there\n")
      return
    }
    let line = ProgressLine(session.talk)
    let start = Clock.monotonic()
    let report = try library.backup(
      to: Path.absolute(folder), link: copy ? .copy : .hardLinkOrCopy
    ) { done, total in
      line.show(
        Progress(label: "backup", done: done, total: total, elapsed: Clock.monotonic() - start))
    }
    line.clear()
    session.output.write(
      "\(Count.text(report.copied, "image")) brought (\(ByteCount.text(report.copiedBytes)), "
        + "\(report.linked) of them linked), \(report.kept) were there\n")
    for path in report.damaged {
      session.talk.warn("\(path) is missing or damaged, and not in the backup")
    }
    try BatchOutcome.end(with: report.damaged.isEmpty ? .done : .badData)
  }
}
