import SeedbankGallery
import SeedbankModel

/// The report of an import: counts on standard output, and each failed file on standard error.
struct ImportedReport {
  private let report: ImportReport
  private let isDryRun: Bool
  private let isVerbose: Bool

  init(_ report: ImportReport, isDryRun: Bool, isVerbose: Bool = false) {
    self.report = report
    self.isDryRun = isDryRun
    self.isVerbose = isVerbose
  }

  /// Prints it, and ends with the most serious problem.
  /// - Throws: `BatchOutcome`.
  func print(_ session: Session, _ format: OutputFormat) throws {
    for problem in report.problems { session.talk.report(Failure(problem)) }
    for entry in report.leftOut {
      let sentence = "skipped \(entry.path): \(entry.reason.words)"
      if entry.isNamed {
        session.talk.warn(sentence)
      } else if isVerbose {
        session.talk.note(sentence)
      }
    }
    session.output.write(format == .json ? json + "\n" : text)
    for (package, count) in report.undecoded.sorted(by: { $0.key < $1.key }) {
      session.talk.warn(
        "\(Count.text(count, "file")) stored without being decoded: a library is not installed",
        hint: "on Debian: `apt-get install \(package)`, then `seedbank check --deep --repair`")
    }
    let statuses = report.problems.map { Failure($0).status }
    try BatchOutcome.end(
      with: max(statuses.max() ?? .done, report.filesLeft > 0 ? .tryAgain : .done))
  }

  private var text: String {
    var lines = [
      "\(isDryRun ? "Would import" : "Imported") \(report.new) of "
        + "\(Count.text(report.files, "file"))."
    ]
    if report.records > 0 {
      let isOne = report.records == 1
      let news =
        if report.merged > 0 {
          isOne ? "; it contained new data" : "; \(report.merged) of them contained new data"
        } else if report.new == 0 {
          "; nothing in \(isOne ? "it" : "them") is new"
        } else {
          ""
        }
      lines.append(
        "\(Count.text(report.records, "file")) \(isOne ? "was" : "were") exported by Seedbank\(news)."
      )
    }
    if report.conflicts > 0 {
      lines.append(
        "\(Count.text(report.conflicts, "field")) differed from the files: the later edit was "
          + "kept, and of requests that of the library.")
    }
    if report.duplicates > 0 {
      lines.append("\(Count.text(report.duplicates, "file")) already in the library.")
    }
    if report.completed > 0 {
      lines.append(
        isDryRun
          ? "Sidecars would add metadata to \(report.completed) of these."
          : "Sidecars added metadata to \(report.completed) of these. "
            + "`seedbank undo` reverts this.")
    }
    if report.returned > 0 {
      lines.append("\(Count.text(report.returned, "missing file")) restored.")
    }
    if report.otherFiles > 0 {
      lines.append("\(Count.text(report.otherFiles, "file")) skipped (not images).")
    }
    if report.sidecars > 0 {
      lines.append("\(Count.text(report.sidecars, "sidecar file")) read.")
    }
    for reason in LeftOut.Reason.allCases {
      let count = report.count(of: reason)
      if count > 0 { lines.append("\(Count.text(count, "file")) skipped (\(reason.words)).") }
    }
    if report.filesLeft > 0 {
      lines.append(
        "Stopped. \(Count.text(report.filesLeft, "file")) left: run the same command to continue.")
    }
    if !report.problems.isEmpty {
      lines.append("\(Count.text(report.problems.count, "file")) failed.")
    }
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
      object.member("completed", report.completed)
      object.member("returned", report.returned)
      object.member("other_files", report.otherFiles)
      object.member("sidecars", report.sidecars)
      object.member("undecoded", report.undecoded.values.reduce(0, +))
      object.key("left_out")
      object.object { reasons in
        for reason in LeftOut.Reason.allCases {
          reasons.member(reason.rawValue, report.count(of: reason))
        }
      }
      if isVerbose {
        object.key("left_out_paths")
        object.array { paths in
          for entry in report.leftOut {
            paths.object { object in
              object.member(path: entry.path)
              object.member("reason", entry.reason.rawValue)
              object.member("files", entry.files)
            }
          }
        }
      }
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
            object.member(path: problem.path)
            object.member("message", Failure(problem).sentence)
          }
        }
      }
    }
    return writer.text
  }
}

extension LeftOut.Reason {
  fileprivate var words: String {
    switch self {
    case .thumbnail: "thumbnail or cache"
    case .hidden: "hidden"
    case .excluded: "excluded by --exclude"
    case .special: "not a regular file"
    }
  }
}

extension ImportReport {
  fileprivate func count(of reason: LeftOut.Reason) -> Int {
    leftOut.reduce(0) { $0 + ($1.reason == reason ? $1.files : 0) }
  }
}
