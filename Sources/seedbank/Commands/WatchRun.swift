import SeedbankGallery
import SeedbankModel

/// `import --watch`: imports new files in a folder until it is stopped.
struct WatchRun {
  let session: Session
  let options: ImportOptions
  let format: OutputFormat

  /// - Throws: `ImportWatchError`, `LibraryError`, or a `BatchOutcome` if files failed.
  func run() async throws {
    let library = try session.openLibrary(for: .creating)
    let watch = try ImportWatch(into: library, options: options)
    let stop = session.stopRequest(waitingFor: .files)
    stop.whenRequested { watch.stop() }
    var random = SystemRandomNumberGenerator()
    let (session, format) = (session, format)
    let summary = try await watch.run(
      now: { Clock.now() }, using: &random, isStopped: { stop.isRequested },
      onEvent: { Self.report($0, session, format) })
    report(summary)
  }

  private static func report(
    _ event: ImportWatchEvent, _ session: Session, _ format: OutputFormat
  ) {
    switch event {
    case .watching(let folders):
      session.talk.note(
        "watching \(Count.text(folders, "folder")) for new images; Ctrl-C stops")
    case .scanning:
      session.talk.note("more changes than the system could queue; the folder is scanned again")
    case .imported(let report):
      for problem in report.problems { session.talk.report(Failure(problem)) }
      guard report.new > 0 || report.merged > 0 else { return }
      session.talk.note("imported \(Count.text(report.new, "new image"))")
    }
  }

  private func report(_ summary: ImportWatchSummary) {
    if format == .json {
      var writer = JSONWriter()
      writer.object { object in
        object.member("files", summary.files)
        object.member("new", summary.new)
        object.member("duplicates", summary.duplicates)
        object.member("failed", summary.failed)
      }
      return session.output.write(writer.text + "\n")
    }
    var text = "Imported \(summary.new) of \(Count.text(summary.files, "file"))."
    if summary.duplicates > 0 { text += " Already in the library: \(summary.duplicates)." }
    if summary.failed > 0 { text += " Failed: \(summary.failed)." }
    session.output.write(text + "\n")
  }
}
