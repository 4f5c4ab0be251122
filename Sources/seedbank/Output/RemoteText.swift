import SeedbankModel
import SeedbankRemote

/// Reports of remotes, as text.
enum RemoteText {
  static let newID =
    "the remote has a later state of this library, so this library took a new id. Unfinished work from "
    + "before is held; `seedbank owner` lists it"

  static func sentence(_ problem: RemoteProblem) -> String {
    let key = SafeText.line(problem.key)
    return switch problem.kind {
    case .damaged: "\(key) on the remote is damaged; it was skipped"
    case .foreign: "\(key) on the remote was not written by Seedbank; it was skipped"
    case .absent: "\(key) does not exist on the remote. A library that has it pushes it again"
    case .wrongSize:
      "\(key) on the remote has the wrong size. A library that has it pushes it again"
    case .localDamaged: "\(key) was not pushed: the file in this library is missing or damaged"
    case .counterUsedTwice: "\(key) on the remote has a counter that another segment has too"
    case .staleHead:
      "\(key) on the remote is not up to date; the next push of its library writes it"
    }
  }

  static func text(_ report: PushReport) -> String {
    "\(Count.text(report.generations, "generation")) and \(Count.text(report.images, "image")) pushed "
      + "(\(ByteCount.text(report.imageBytes)) of images)\n"
  }

  static func text(_ report: PullReport) -> String {
    var text =
      "\(report.added) added, \(report.merged) merged, \(Count.text(report.images, "image")) "
      + "downloaded (\(ByteCount.text(report.imageBytes)))\n"
    if report.trashed > 0 {
      text += "\(report.trashed) moved to the trash: they were deleted permanently elsewhere\n"
    }
    if report.conflicts > 0 {
      text += "\(report.conflicts) fields were edited on both sides; the later edit was kept\n"
    }
    if report.remoteImages > 0 {
      text +=
        "\(Count.text(report.remoteImages, "image")) on the remote only; `seedbank fetch` downloads\n"
    }
    if report.held > 0 { text += OwnershipText.heldSentence(report.held) + ".\n" }
    return text
  }

  static func text(_ report: RemoteCheckReport) -> String {
    "\(Count.text(report.libraries, "writing library", "writing libraries")), "
      + "\(Count.text(report.segments, "segment")), \(Count.text(report.images, "image")) "
      + "(\(ByteCount.text(report.imageBytes))), \(Count.text(report.problems.count, "fault"))\n"
  }
}

extension Count {
  /// `1 library`, `2 libraries`.
  static func text(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }
}
