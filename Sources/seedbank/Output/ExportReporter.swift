import FilePaths
import SeedbankGallery
import SeedbankModel
import Synchronization

/// Reports an export: progress while it runs, files that were not replaced, and the totals.
final class ExportReporter: Sendable {
  private let session: Session
  private let isDryRun: Bool
  private let format: OutputFormat
  private let line: ProgressLine
  private let began = Clock.monotonic()
  /// What a dry run found, in order; as text it is printed at once.
  private let planned = Mutex<[(action: String, path: String)]>([])

  init(_ session: Session, _ change: DryRunOption, _ options: ReportOptions) {
    self.session = session
    isDryRun = change.dryRun
    format = options.format
    line = ProgressLine(session.talk)
  }

  func tell(_ event: ExportEvent) {
    switch event {
    case .advanced(let done, let total):
      line.show(
        Progress(
          label: "export", done: done, total: total, elapsed: Clock.monotonic() - began))
    case .decided(let decision, let path, _): plan(Self.word(decision), path)
    case .pruned(let path): plan("prune", path)
    }
  }

  private func plan(_ action: String, _ path: String) {
    guard isDryRun else { return }
    if format == .json {
      planned.withLock { $0.append((action, path)) }
    } else {
      session.output.write("\(action)\t\(SafeText.line(path))\n")
    }
  }

  /// Removes the progress line.
  func clear() { line.clear() }

  /// Prints the path of the export, and the totals to standard error.
  func finish(_ report: ExportReport) {
    clear()
    for file in report.refused {
      session.talk.warn(
        file.reason == .foreign
          ? "\(file.path) was not replaced: it was not written by an export"
          : "\(file.path) was not replaced: it was changed since it was exported")
    }
    notes(report).forEach(session.talk.note)
    let path = report.page ?? report.location
    // Programs get the exact path. On a terminal, it is made safe.
    let shown = session.terminal.isPresent ? Array(session.links.path(path).utf8) : path.bytes
    CommandReport(
      "export", isDryRun: isDryRun, bytes: isDryRun ? [] : shown + Array("\n".utf8)
    ) { object in
      object.member(path: path)
      report.write(to: &object)
      guard self.isDryRun else { return }
      object.key("files")
      object.array { files in
        for file in self.planned.withLock({ $0 }) {
          files.object { entry in
            entry.member("action", file.action)
            entry.member("path", file.path)
          }
        }
      }
    }.print(format, session)
  }

  /// 66 if images are missing, 73 if files were not replaced.
  func status(_ report: ExportReport) -> ExitStatus {
    if !report.refused.isEmpty { return .cannotCreate }
    return report.missing.isEmpty && report.remote.isEmpty ? .done : .noInput
  }

  private func notes(_ report: ExportReport) -> [String] {
    var notes: [String] = []
    if report.copiedToEmbed {
      notes.append("files are copied, not linked, because metadata is written into them")
    }
    let sum = "\(report.written) new, \(report.updated) updated, \(report.kept) unchanged"
    notes.append(isDryRun ? "would export: \(sum)" : "exported: \(sum)")
    func list(_ references: [String], _ what: String) {
      guard !references.isEmpty else { return }
      let shown = references.prefix(10).joined(separator: ", ")
      notes.append("\(what): \(shown)\(references.count > 10 ? " …" : "")")
    }
    list(
      report.missing,
      "\(Count.text(report.missing.count, "file is", "files are")) missing in the library")
    list(
      report.remote,
      "\(Count.text(report.remote.count, "image is", "images are")) on a remote only; "
        + "`seedbank fetch QUERY` downloads images")
    list(report.unreadable, "damaged files, exported unchanged")
    if report.signed > 0 {
      notes.append(
        "\(Count.text(report.signed, "signed file")) (C2PA) got a sidecar: metadata is not written "
          + "into signed files"
      )
    }
    if report.unwritable > 0 {
      notes.append(
        "\(Count.text(report.unwritable, "GIF, AVIF, HEIC or JPEG XL file")) got a sidecar: "
          + "metadata is not written into these formats"
      )
    }
    if report.withoutImages > 0 {
      notes.append("\(Count.text(report.withoutImages, "generation")) without an image skipped")
    }
    if !report.charactersWithoutFont.isEmpty {
      notes.append(Self.missingFonts(report.charactersWithoutFont))
    }
    if report.pruned > 0 {
      notes.append(
        "\(Count.text(report.pruned, "file")) of earlier exports \(isDryRun ? "would be removed" : "removed")"
      )
    }
    if report.leftovers > 0 {
      notes.append(
        "\(Count.text(report.leftovers, "file")) of earlier exports "
          + "\(report.leftovers == 1 ? "remains" : "remain"); --prune removes "
          + Count.them(report.leftovers))
    }
    return notes
  }

  private static func missingFonts(_ characters: [Unicode.Scalar]) -> String {
    let shown = characters.prefix(5).map { "U+" + String($0.value, radix: 16, uppercase: true) }
    let more = characters.count > shown.count ? " …" : ""
    return """
      no installed font has \(Count.text(characters.count, "character")) of the captions \
      (\(shown.joined(separator: ", "))\(more)), drawn as boxes. Install a font that has them, \
      for example from the package fonts-noto
      """
  }

  private static func word(_ decision: ExportDecision) -> String {
    switch decision {
    case .write: "write"
    case .update: "update"
    case .keep: "keep"
    case .refuse: "refuse"
    }
  }
}

extension ExportReport {
  fileprivate func write(to object: inout JSONWriter) {
    object.member("written", written)
    object.member("updated", updated)
    object.member("unchanged", kept)
    object.member("bytes", bytes)
    object.member("without_image", withoutImages)
    object.member("signed", signed)
    object.member("unwritable", unwritable)
    object.member("pruned", pruned)
    object.member("leftovers", leftovers)
    object.key("contact_sheets")
    object.array { array in
      for sheet in sheets { array.object { $0.member(path: sheet) } }
    }
    object.key("missing")
    object.array { array in
      for reference in missing { array.value(reference) }
    }
    object.key("unreadable")
    object.array { array in
      for reference in unreadable { array.value(reference) }
    }
    object.key("refused")
    object.array { array in
      for file in refused {
        array.object { entry in
          entry.member("path", file.path)
          entry.member("reason", file.reason.rawValue)
        }
      }
    }
  }
}
