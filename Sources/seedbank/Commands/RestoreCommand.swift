import ArgumentParser
import FilePaths
import Platform
import SeedbankModel
import SeedbankStorage

struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Merge a dump or a backup folder into the library.",
    discussion: """
      Generations are identified by their uid, so restoring twice changes nothing. For each field, the \
      newest edit is kept. Unfinished work is held for the library that recorded it (see \
      `seedbank owner`). Permanently deleted generations are skipped.

      If a line of a dump is not valid, nothing is restored. A line needs only a prompt. A dump has no \
      image files: images whose files are not in the library are marked as missing. From a folder that \
      `seedbank backup` wrote, the image files are copied too. For this, every image file that the library \
      has already is read, and a damaged one is replaced.

      EXAMPLES
        seedbank restore library.jsonl
        seedbank restore /media/disk/backup
        zstdcat library.jsonl.zst | seedbank restore -
      """)

  @Argument(
    help: "A dump, - for standard input, or a backup folder.", completion: .file())
  var file: String
  @Flag(help: "Also add generations that were permanently deleted.")
  var emptied = false
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    _ = try Path.absolute(file, of: "the dump")
    if file != "-", Path.typed(file).isFolder { return try restoreFolder(session) }
    let descriptor = file == "-" ? STDIN_FILENO : open(Path.typed(file), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw LibraryError.inputOutput(operation: "open", path: Path.typed(file), errno: errno)
    }
    defer { if file != "-" { close(descriptor) } }
    let library = try session.libraryForEdit(isDryRun: change.dryRun)
    let line = ProgressLine(session.talk)
    defer { line.clear() }
    let start = Clock.monotonic()
    let restored = try library.restore(
      reading: descriptor, path: Path.typed(file), at: session.now, bringingBack: emptied,
      rehearsing: change.dryRun
    ) { lines in
      line.show(
        Progress(label: "restoring", done: lines, elapsed: Clock.monotonic() - start))
    }
    line.clear()
    try summary(restored, images: nil, in: library).print(report, session)
  }

  private func restoreFolder(_ session: Session) throws {
    let folder = LibraryFolder(path: Path.absolute(file))
    let source = try Library.open(folder, for: .reading)
    let library = try session.libraryForEdit(isDryRun: change.dryRun)
    let line = ProgressLine(session.talk)
    defer { line.clear() }
    let start = Clock.monotonic()
    let restored = try library.restore(
      from: source, at: session.now, bringingBack: emptied, rehearsing: change.dryRun,
      temporaryFolder: Path.typed(session.environment["TMPDIR"] ?? "/tmp")
    ) { lines in
      line.show(
        Progress(label: "restoring", done: lines, elapsed: Clock.monotonic() - start))
    }
    line.clear()
    try summary(restored.records, images: restored.images, in: library).print(report, session)
  }

  /// - Parameter images: Image files that were copied; nil for a dump.
  private func summary(
    _ restored: RestoreReport, images: Int?, in library: Library
  ) throws -> CommandReport {
    let text = try RestoreText.text(restored, images: images, isDryRun: change.dryRun, in: library)
    return CommandReport("restore", change, text: text) { object in
      object.member("added", restored.added)
      object.member("merged", restored.merged)
      object.member("unchanged", restored.unchanged)
      object.member("skipped", restored.leftOut)
      object.member("trashed", restored.trashed)
      object.member("held", restored.held)
      object.member("missing_images", restored.missingImages)
      object.member("copied_images", images)
      object.member("conflict_count", restored.conflictCount)
      object.key("conflicts")
      object.array { array in
        for conflict in restored.conflicts {
          array.object { entry in
            entry.member("uid", conflict.generation?.description)
            entry.member("field", conflict.field)
            entry.member("kept", conflict.keptOurs ? "library" : "file")
          }
        }
      }
    }
  }
}
