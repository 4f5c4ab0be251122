import SeedbankGallery
import SeedbankModel
import SeedbankStorage

/// `import --reread`: reads the metadata of images in the library again, shows the differences, asks, and
/// records them as one edit.
struct MetadataRereading {
  let session: Session
  let confirm: ConfirmOption
  let change: DryRunOption
  let format: OutputFormat

  /// - Parameter words: the words of a QUERY; none: all imported images.
  /// - Throws: a `Failure` if the answer is no, `LibraryError`, `SearchError`.
  func run(_ words: [String]) async throws {
    let library = try session.openLibrary(for: .writing)
    let query = words.isEmpty ? .everything : try session.query(words, in: library).query
    let ids = try library.ids(
      SearchRequest(query, order: .oldest, limit: 0, at: session.local))
    var found = Found()
    try await read(ids, in: library, into: &found)
    let rehearsed = try library.apply(
      found.readings, by: session.actor, at: session.now, rehearsing: true)
    for problem in found.problems { session.talk.report(Failure(problem)) }
    if format == .table { session.output.write(text(rehearsed.changes)) }
    var report = rehearsed.report
    if !change.dryRun, !rehearsed.changes.isEmpty {
      try session.output.flush()
      try session.confirm(
        "Replace the recorded metadata of \(Count.text(rehearsed.report.changed, "image"))?",
        isSure: confirm.yes)
      report = try library.apply(found.readings, by: session.actor, at: session.now).report
    }
    session.output.write(
      format == .table ? summary(report, found) : json(report, rehearsed.changes, found))
    try BatchOutcome.end(with: found.problems.map { Failure($0).status }.max() ?? .done)
  }

  private struct Found {
    var read = 0
    var readings: [MetadataReading] = []
    var problems: [ImportProblem] = []
  }

  /// Keeps only the readings with differences, so that only changes are in memory.
  private func read(
    _ ids: [GenerationID], in library: Library, into found: inout Found
  ) async throws {
    let line = ProgressLine(session.talk)
    defer { line.clear() }
    let start = Clock.monotonic()
    let reader = MetadataRereader(library)
    for window in ids.chunks(of: MetadataRereader.window) {
      let generations = try library.generations(Array(window)).filter(\.isImported)
      let outcomes = await reader.outcomes(of: generations)
      for (generation, outcome) in zip(generations, outcomes) {
        found.read += 1
        switch outcome {
        case .nothing: break
        case .problem(let problem): found.problems.append(problem)
        case .reading(let reading):
          if reading.mayChange(generation) { found.readings.append(reading) }
        }
      }
      line.show(
        Progress(
          label: "reading", done: window.endIndex, total: ids.count,
          elapsed: Clock.monotonic() - start))
    }
  }

  // MARK: Output

  private static let shown = 20

  private func text(_ changes: [MetadataChange]) -> String {
    var text = ""
    for change in changes.prefix(self.change.dryRun ? changes.count : Self.shown) {
      text += "#\(change.generation)\n"
      for field in change.fields {
        text += "  \(field.name): \(Self.short(field.before)) → \(Self.short(field.after))\n"
      }
    }
    let rest = changes.count - Self.shown
    if !self.change.dryRun, rest > 0 {
      text += "\(rest) more \(rest == 1 ? "is" : "are") not shown. --dry-run shows all.\n"
    }
    return text
  }

  private static func short(_ value: String?) -> String {
    guard let value else { return "none" }
    let line = SafeText.line(value)
    return line.count > 120 ? "\(line.prefix(119))…" : line.isEmpty ? "\"\"" : line
  }

  private func summary(_ report: EditReport, _ found: Found) -> String {
    let images = Count.text(found.read, "imported image")
    guard report.changed > 0 else { return "\(images) read. Nothing differs.\n" }
    return change.dryRun
      ? "\(images) read. \(report.changed) would be changed.\n"
      : "\(images) read. \(report.changed) changed. `seedbank undo` reverts this.\n"
  }

  private func json(
    _ report: EditReport, _ changes: [MetadataChange], _ found: Found
  ) -> String {
    var writer = JSONWriter()
    writer.object { object in
      object.member("read", found.read)
      object.member("changed", report.changed)
      object.member("change", change.dryRun ? nil : report.change)
      object.key("generations")
      object.array { array in
        for change in changes {
          array.object { entry in
            entry.member("id", change.generation.rawValue)
            entry.key("fields")
            entry.array { fields in
              for field in change.fields {
                fields.object { value in
                  value.member("name", field.name)
                  value.member("before", field.before)
                  value.member("after", field.after)
                }
              }
            }
          }
        }
      }
    }
    return writer.text + "\n"
  }
}
