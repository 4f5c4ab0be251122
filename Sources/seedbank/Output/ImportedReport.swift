import Gallery
import Storage

/// What an import says when it is done: counts on standard output, each file that could not come in on
/// standard error.
struct ImportedReport {
  private let report: ImportReport
  private let isDryRun: Bool

  init(_ report: ImportReport, isDryRun: Bool) {
    self.report = report
    self.isDryRun = isDryRun
  }

  /// Prints it, and ends with the gravest of the problems.
  /// - Throws: `BatchOutcome`.
  func print(_ session: Session, _ format: ReportOptions.Format) throws {
    for problem in report.problems { session.talk.report(Failure(problem)) }
    switch format {
    case .text: session.output.write(text)
    case .json: session.output.write(json + "\n")
    }
    let statuses = report.problems.map { Failure($0).status }
    try BatchOutcome.end(
      with: max(statuses.max() ?? .done, report.filesLeft > 0 ? .tryAgain : .done))
  }

  private var text: String {
    var lines = [
      "\(isDryRun ? "Would import" : "Imported") \(report.new) of \(report.files) files."
    ]
    if report.records > 0 {
      lines.append("Records of our own: \(report.records), of which \(report.merged) brought news.")
    }
    if report.conflicts > 0 {
      lines.append("Fields edited on both sides: \(report.conflicts); the newer edit stands.")
    }
    if report.duplicates > 0 { lines.append("Here already, byte for byte: \(report.duplicates).") }
    if report.returned > 0 {
      lines.append("Files of these that the library was missing: \(report.returned).")
    }
    if report.otherFiles > 0 { lines.append("No JPEG, PNG or WebP: \(report.otherFiles).") }
    if report.filesLeft > 0 {
      lines.append("Stopped before \(report.filesLeft) files; started again, it goes on there.")
    }
    if !report.problems.isEmpty { lines.append("Could not come in: \(report.problems.count).") }
    for (tool, count) in report.tools.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      lines.append("  \(tool == "none" ? "without metadata" : tool): \(count)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var json: String {
    var writer = JSONWriter()
    writer.object { object in
      object.member("files", report.files)
      object.member("files_left", report.filesLeft)
      object.member("new", report.new)
      object.member("records", report.records)
      object.member("merged", report.merged)
      object.member("conflicts", report.conflicts)
      object.member("duplicates", report.duplicates)
      object.member("returned", report.returned)
      object.member("other_files", report.otherFiles)
      object.key("tools")
      object.object { tools in
        for (tool, count) in report.tools.sorted(by: { $0.key < $1.key }) {
          tools.member(tool, count)
        }
      }
      object.key("problems")
      object.array { problems in
        for problem in report.problems {
          problems.object { object in
            object.member("path", problem.path)
            object.member("message", Failure(problem).sentence)
          }
        }
      }
    }
    return writer.text
  }
}
