import SeedbankModel
import SeedbankStorage

extension Session {
  /// More than this is asked about.
  private static let fewEnough = 100

  /// Edits what a QUERY found and says how much that was.
  /// - Throws: a `Failure` where the answer is no, `EditError`, `LibraryError`.
  func edit(
    _ edit: Edit, on ids: [GenerationID], in library: Library, _ confirm: ConfirmOption,
    _ change: DryRunOption
  ) throws {
    try ask(about: ids.count, confirm, change)
    let report = try library.edit(
      edit, on: ids, by: actor, at: now, rehearsing: change.dryRun)
    say(report, of: ids.count, change)
  }

  private func say(_ report: EditReport, of count: Int, _ change: DryRunOption) {
    let verb = change.dryRun ? "would be changed" : "changed"
    let rest = count - report.changed
    let same = rest > 0 ? ", \(rest) unchanged" : ""
    output.write("\(report.changed) generation\(report.changed == 1 ? "" : "s") \(verb)\(same)\n")
  }

  /// Edits tags, collections or saved searches as such and says how many generations that touched.
  /// - Throws: a `Failure` where the answer is no, `EditError`, `LibraryError`.
  func edit(
    _ edit: CatalogEdit, in library: Library, _ confirm: ConfirmOption, _ change: DryRunOption
  ) throws {
    if !confirm.yes {
      let rehearsed = try library.edit(edit, by: actor, at: now, rehearsing: true)
      try ask(about: rehearsed.changed, confirm, change)
    }
    let report = try library.edit(edit, by: actor, at: now, rehearsing: change.dryRun)
    say(report, of: report.changed, change)
  }

  private func ask(about count: Int, _ confirm: ConfirmOption, _ change: DryRunOption) throws {
    guard count > Self.fewEnough, !change.dryRun else { return }
    try self.confirm("edit \(count) generations?", isSure: confirm.yes)
  }
}
