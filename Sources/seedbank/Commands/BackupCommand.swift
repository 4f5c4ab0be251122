import ArgumentParser
import FilePaths
import SeedbankStorage

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Back up the library to a folder.",
    discussion: """
      The backup is a library itself. A second backup to the same folder copies only what is new. \
      On the same disk, image files become hard links, which need no space but are lost with the \
      disk. --copy copies them. All copied files are read again and verified.

      A backup never sends the unfinished requests that it contains, unless `seedbank adopt` makes \
      it their owner.

      EXAMPLES
        seedbank backup /media/usb/seedbank
        seedbank check --library /media/usb/seedbank --deep
      """)

  @Argument(help: "Folder of the backup.", completion: .directory)
  var folder: String
  @Flag(help: "Copy image files instead of linking them.")
  var copy = false
  @OptionGroup var change: DryRunOption
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .reading)
    if change.dryRun {
      let plan = try library.backupPlan(to: Path.absolute(folder))
      session.output.write(
        "\(Count.text(plan.copied, "image")) would be copied (\(ByteCount.text(plan.copiedBytes))), "
          + "\(plan.kept) unchanged\n")
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
      "\(Count.text(report.copied, "image")) copied (\(ByteCount.text(report.copiedBytes)), "
        + "\(report.linked) as links), \(report.kept) unchanged\n")
    for path in report.damaged {
      session.talk.warn("\(path) is missing or damaged; the backup does not contain it")
    }
    try BatchOutcome.end(with: report.damaged.isEmpty ? .done : .badData)
  }
}
