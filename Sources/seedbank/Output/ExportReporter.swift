import FilePaths
import SeedbankGallery

/// Reports an export: progress while it runs, files that were not replaced, and the totals.
struct ExportReporter: Sendable {
  private let session: Session
  private let isDryRun: Bool
  private let line: ProgressLine
  private let began = Clock.monotonic()

  init(_ session: Session, isDryRun: Bool) {
    self.session = session
    self.isDryRun = isDryRun
    line = ProgressLine(session.talk)
  }

  func tell(_ event: ExportEvent) {
    switch event {
    case .advanced(let done, let total):
      line.show(
        Progress(
          label: "export", done: done, total: total, elapsed: Clock.monotonic() - began))
    case .decided(let decision, let path, _) where isDryRun:
      session.output.write("\(Self.word(decision))\t\(SafeText.line(path))\n")
    case .pruned(let path) where isDryRun: session.output.write("prune\t\(SafeText.line(path))\n")
    case .decided, .pruned: break
    }
  }

  /// Prints the path of the export, and the totals to standard error.
  func finish(_ report: ExportReport) {
    line.clear()
    for file in report.refused {
      session.talk.warn(
        file.reason == .foreign
          ? "\(file.path) was not replaced: it was not written by an export"
          : "\(file.path) was not replaced: it was changed since it was exported")
    }
    notes(report).forEach(session.talk.note)
    guard !isDryRun else { return }
    let path = report.page ?? report.location
    // Programs get the exact path. On a terminal, it is made safe.
    session.output.write(
      session.terminal.isPresent ? Array(session.links.path(path).utf8) : path.bytes)
    session.output.write("\n")
  }

  /// 66 if images are missing, 73 if files were not replaced.
  func status(_ report: ExportReport) -> ExitStatus {
    if !report.refused.isEmpty { return .cannotCreate }
    return report.missing.isEmpty ? .done : .noInput
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
    list(report.missing, "\(report.missing.count) files are missing in the library")
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
        "\(Count.text(report.leftovers, "file")) of earlier exports left; --prune removes them")
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
