import SeedbankModel
import SeedbankStorage

/// The owner of the unfinished work of a library, as text and as JSON.
struct OwnershipText {
  let report: OwnershipReport

  /// One sentence about held generations, with the command that changes it.
  static func heldSentence(_ count: Int) -> String {
    "\(Count.text(count, "unfinished generation")) \(count == 1 ? "is" : "are") held: another library "
      + "owns \(count == 1 ? "it" : "them") and may still send \(count == 1 ? "it" : "them"). "
      + "`seedbank adopt` makes this library the owner"
  }

  /// One sentence about requests of unknown outcome that are not sent again.
  static func refusedSentence(_ count: Int) -> String {
    "\(Count.text(count, "generation")) of unknown outcome \(count == 1 ? "is" : "are") not sent again: "
      + "another library owns \(count == 1 ? "it" : "them"). `seedbank adopt` makes this library the owner"
  }

  /// The maximum length of lists.
  private static let longestList = 20

  var text: String {
    var text = "library     \(report.library?.description ?? "unknown")\n"
    text +=
      report.isInOwnFolder
      ? "folder      the original\n"
      : "folder      a copy, a backup, or moved from another disk\n"
    text += "owned       \(Count.text(report.owned, "unfinished generation"))\n"
    for held in report.held { text += Self.text(held) }
    if report.held.isEmpty { text += "held        none\n" }
    return text
  }

  private static func text(_ held: OwnershipReport.Held) -> String {
    let owner = held.owner.map { "library \($0)" } ?? "an unknown library"
    var text = "held        for \(owner)\n"
    for (status, ids) in held.sorted {
      let listed = ids.prefix(longestList).map { "\($0)" }.joined(separator: ", ")
      let more = ids.count > longestList ? " and \(ids.count - longestList) more" : ""
      text += "            \(ids.count) \(status.rawValue): \(listed)\(more)\n"
    }
    return text
  }

  var json: String {
    var writer = JSONWriter()
    writer.object { object in
      object.member("library", report.library?.description)
      object.member("own_folder", report.isInOwnFolder)
      object.member("owned", report.owned)
      object.key("held")
      object.array { list in
        for held in report.held {
          list.object { entry in
            entry.member("owner", held.owner?.description)
            entry.key("generations")
            entry.array { generations in
              for (status, ids) in held.sorted {
                for id in ids {
                  generations.object { generation in
                    generation.member("id", id.rawValue)
                    generation.member("status", status.rawValue)
                  }
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

extension OwnershipReport.Held {
  /// In the order of the statuses of a generation.
  fileprivate var sorted: [(status: Status, ids: [GenerationID])] {
    Status.allCases.compactMap { status in byStatus[status].map { (status, $0) } }
  }
}
