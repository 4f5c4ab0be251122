import SeedbankModel
import SeedbankRemote
import SeedbankStorage

/// Reports of remotes, as text.
enum RemoteText {
  static let newID =
    "the remote has a later state of this library, so this library took a new id. Unfinished work from "
    + "before is held; `seedbank owner` lists it"

  static func sentence(_ problem: RemoteProblem) -> String {
    let key = SafeText.line(problem.key)
    let push =
      problem.isRepairedByPush
      ? "the next push of this library sends it again"
      : "the next push of a library that has it sends it again, after `seedbank remote check` there"
    return switch problem.kind {
    case .damaged: "\(key) on the remote is damaged and was skipped; \(push)"
    case .damagedThumbnails:
      "\(key) on the remote is damaged and was skipped: its images have no thumbnail until they are "
        + "downloaded"
    case .damagedSnapshot:
      "\(key) on the remote is damaged: a clone reads all segments instead; "
        + "`seedbank remote snapshot` writes a new one"
    case .foreign:
      "\(key) on the remote was not written by Seedbank and was skipped; no command removes it"
    case .absent: "\(key) does not exist on the remote; \(push)"
    case .absentSegment:
      "\(key) is not on the remote yet, or it is lost; the next pull looks for it again. If it is lost, "
        + "run `seedbank remote check --deep` and `seedbank push` in the library that wrote it"
    case .replacedSegment:
      "\(key) is damaged or lost, but its records were sent again or are in a snapshot; it is not needed"
    case .wrongSize: "\(key) on the remote has the wrong size; \(push)"
    case .localDamaged:
      "\(key) was not pushed: the file in this library is missing or damaged; the next push tries again"
    case .counterUsedTwice:
      "\(key) on the remote has a counter that another segment has too; both are read"
    case .staleHead: "\(key) on the remote is not up to date; \(head(problem))"
    case .absentHead:
      "\(key) does not exist on the remote, so others do not read its library; \(head(problem))"
    }
  }

  private static func head(_ problem: RemoteProblem) -> String {
    problem.isRepairedByPush
      ? "the next push of this library writes it"
      : "the next push of its library writes it, after `seedbank remote check` there"
  }

  static func text(_ report: PushReport) -> String {
    "\(Count.text(report.generations, "generation")) and \(Count.text(report.images, "image")) pushed "
      + "(\(ByteCount.text(report.imageBytes)) of images)\n"
      + (report.deletions == 0
        ? "" : "\(Count.text(report.deletions, "permanent deletion")) pushed\n")
  }

  /// - Parameter library: The library into which it was pulled.
  static func text(_ report: PullReport, in library: Library) throws -> String {
    var text =
      "\(report.added) added, \(report.merged) merged, \(Count.text(report.images, "image")) "
      + "downloaded (\(ByteCount.text(report.imageBytes)))\n"
    if report.trashed > 0 {
      text +=
        "\(Count.text(report.trashed, "generation was", "generations were")) moved to the trash, "
        + "because another library permanently deleted \(Count.them(report.trashed))\n"
    }
    text +=
      try ConflictText.lines(
        report.conflicts.prefix(namedConflicts), of: report.conflictCount, "on the remote",
        in: library)
      + ConflictText.undoing(report.replacedEdits)
    if report.remoteImages > 0 {
      text +=
        "\(Count.text(report.remoteImages, "image is", "images are")) on the remote only; "
        + "`seedbank fetch QUERY` downloads images\n"
    }
    if report.held > 0 { text += OwnershipText.heldSentence(report.held) + ".\n" }
    return text
  }

  /// The maximum number of conflicts that a pull names.
  private static let namedConflicts = 20

  static func text(_ report: RemoteCheckReport) -> String {
    "\(Count.text(report.libraries, "writing library", "writing libraries")), "
      + "\(Count.text(report.segments, "segment")), \(Count.text(report.images, "image")) "
      + "(\(ByteCount.text(report.imageBytes))), \(Count.text(report.problems.count, "fault"))\n"
      + (report.unusedImages == 0
        ? ""
        : "\(Count.text(report.unusedImages, "image")) (\(ByteCount.text(report.unusedBytes))) not used "
          + "by any library; `seedbank remote prune` removes \(Count.them(report.unusedImages)) "
          + "after the grace period\n")
  }

  static func text(_ report: PruneReport, isDryRun: Bool) -> String {
    guard report.problems.isEmpty else { return "Nothing was removed.\n" }
    let kept =
      report.waiting == 0
      ? ""
      : "\(Count.text(report.waiting, "unused image")) (\(ByteCount.text(report.waitingBytes))) kept "
        + "until the grace period is over\n"
    return "\(parts(report).joined(separator: ", ")) \(isDryRun ? "would be removed" : "removed")\n"
      + kept
  }

  /// What a prune removes: images, then whatever else there is.
  static func parts(_ report: PruneReport) -> [String] {
    let others = [
      (report.snapshotObjects, "object of older snapshots", "objects of older snapshots"),
      (report.drafts, "unfinished file", "unfinished files"),
    ]
    return ["\(Count.text(report.images, "image")) (\(ByteCount.text(report.imageBytes)))"]
      + others.filter { $0.0 > 0 }.map { Count.text($0.0, $0.1, $0.2) }
  }
}
