import SeedbankStorage

/// The sentences about a restore.
enum RestoreText {
  /// - Parameter images: image files that were copied; nil for a dump.
  static func text(
    _ report: RestoreReport, images: Int?, isDryRun: Bool, in library: Library
  ) throws -> String {
    let added = isDryRun ? "would be added" : "added"
    let copied = isDryRun ? "would be copied" : "copied"
    let files = images.map { "\(Count.text($0, "image file")) \(copied)\n" } ?? ""
    var text = "\(report.added) \(added), \(report.merged) merged, \(report.unchanged) unchanged\n"
    if report.leftOut > 0 {
      text +=
        "\(Count.text(report.leftOut, "generation was", "generations were")) permanently deleted "
        + "and skipped; --emptied adds \(Count.them(report.leftOut)) again\n"
    }
    if report.trashed > 0 {
      text +=
        "\(Count.text(report.trashed, "generation was", "generations were")) moved to the trash, "
        + "because the other library permanently deleted \(Count.them(report.trashed))\n"
    }
    if report.held > 0 { text += OwnershipText.heldSentence(report.held) + ".\n" }
    if report.missingImages > 0 {
      text +=
        "\(Count.text(report.missingImages, "image")) without a file in the library, marked as missing\n"
    }
    text += try ConflictText.lines(
      report.conflicts, of: report.conflictCount, "in the file", in: library)
    if !isDryRun { text += ConflictText.undoing(report.replacedEdits) }
    return text + files
  }
}
