import ArgumentParser
import FilePaths
import Platform
import SeedbankModel
import SeedbankStorage

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Back up the library to a folder.",
    discussion: """
      The backup is a library itself. A second backup to the same folder copies only what is new. \
      On the same disk, image files become hard links, which need no space but are lost with the \
      disk. --copy copies them. All copied files are read again and verified. Files of earlier backups \
      are compared only by their size. A deep check of the backup finds damaged ones, and `seedbank \
      restore` with the backup as the library replaces them.

      A backup never sends the unfinished requests that it contains, unless `seedbank adopt` makes \
      it their owner.

      EXAMPLES
        seedbank backup /media/usb/seedbank
        seedbank check --library /media/usb/seedbank --deep
        seedbank restore --library /media/usb/seedbank ~/seedbank
      """)

  @Argument(help: "Folder of the backup.", completion: .directory)
  var folder: String
  @Flag(help: "Copy image files instead of linking them.")
  var copy = false
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .reading)
    let path = try Path.absolute(folder, of: "the backup")
    if change.dryRun {
      let plan = try library.backupPlan(to: path)
      let text =
        "\(Count.text(plan.copied, "image")) would be copied (\(ByteCount.text(plan.copiedBytes))), "
        + "\(plan.kept) unchanged\n"
      summary(plan, to: path, text).print(report, session)
      return try end(with: plan, session)
    }
    let line = ProgressLine(session.talk)
    defer { line.clear() }
    let start = Clock.monotonic()
    let backup = try library.backup(
      to: path, link: copy ? .copy : .hardLinkOrCopy
    ) { done, total in
      line.show(
        Progress(label: "backup", done: done, total: total, elapsed: Clock.monotonic() - start))
    }
    line.clear()
    let text =
      "\(Count.text(backup.copied, "image")) copied (\(ByteCount.text(backup.copiedBytes)), "
      + "\(backup.linked) linked), \(backup.kept) unchanged\n"
    summary(backup, to: path, text).print(report, session)
    try end(with: backup, session)
  }

  /// Names the files that the backup does not contain, and a damaged catalog that it replaced.
  private func end(with backup: BackupReport, _ session: Session) throws {
    if let path = backup.damagedCatalog {
      session.talk.warn("the catalog of the earlier backup is damaged; it was kept as \(path)")
    }
    if backup.remote > 0 {
      session.talk.note(
        "\(Count.text(backup.remote, "image is", "images are")) on a remote only; "
          + "the backup does not contain \(Count.them(backup.remote))")
    }
    for path in backup.damaged {
      session.talk.warn("\(path) is missing or damaged; the backup does not contain it")
    }
    for file in backup.unreadable {
      session.talk.warn(
        "cannot read \(file.path): \(systemErrorText(file.errno)); "
          + "the backup does not contain it")
    }
    let isWhole = backup.damaged.isEmpty
    try BatchOutcome.end(
      with: backup.unreadable.isEmpty ? (isWhole ? .done : .badData) : .inputOutput)
  }

  private func summary(
    _ backup: BackupReport, to path: FilePath, _ text: String
  ) -> CommandReport {
    CommandReport("backup", change, text: text) { object in
      object.member(path: path)
      object.member("copied", backup.copied)
      object.member("copied_bytes", backup.copiedBytes)
      object.member("linked", backup.linked)
      object.member("unchanged", backup.kept)
      object.member("remote", backup.remote)
      object.key("damaged")
      object.array { array in
        for file in backup.damaged { array.value(file) }
      }
      object.key("unreadable")
      object.array { array in
        for file in backup.unreadable {
          array.object { object in
            object.member("path", file.path)
            object.member("reason", systemErrorText(file.errno))
          }
        }
      }
    }
  }
}
