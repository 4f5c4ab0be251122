import ArgumentParser
import SeedbankModel

struct AdoptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt",
    abstract: "Make this library the owner of the unfinished work that it holds.",
    discussion: """
      Use it if the library that recorded the work is lost or no longer in use. If both libraries \
      send requests, the same request may be sent and charged twice.

      The timeline of each generation records the new owner. `seedbank undo` does not revert this.

      EXAMPLES
        seedbank adopt --dry-run
        seedbank adopt
        seedbank adopt --yes && seedbank sync
      """)

  @OptionGroup var confirm: ConfirmOption
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: change.dryRun ? .reading : .writing)
    let ownership = try library.ownership()
    let counts = ownership.held.reduce(into: [Status: Int]()) { counts, held in
      for (status, ids) in held.byStatus { counts[status, default: 0] += ids.count }
    }
    let what = Status.allCases
      .compactMap { status in counts[status].map { "\($0) \(status.rawValue)" } }
      .joined(separator: ", ")
    guard !ownership.held.isEmpty else {
      return summary([:], "This library owns all its unfinished work.\n").print(report, session)
    }
    session.talk.warn(
      "if the former owner sends this work too, each request may be charged twice",
      hint: "adopt the work in one library only, and delete the other copy or its queue")
    if change.dryRun {
      return summary(counts, "Would adopt \(what).\n").print(report, session)
    }
    try session.confirm("Adopt \(what)?", isSure: confirm.yes)
    let adopted = try library.adopt(at: session.now)
    let number = adopted.byStatus.values.reduce(0, +)
    let text =
      "\(Count.text(number, "generation")) adopted. `seedbank sync` continues with "
      + "\(Count.them(number)).\n"
    summary(adopted.byStatus, text).print(report, session)
  }

  private func summary(_ counts: [Status: Int], _ text: String) -> CommandReport {
    CommandReport("adopt", change, text: text) { object in
      object.member("generations", counts.values.reduce(0, +))
      object.key("statuses")
      object.object { statuses in
        for status in Status.allCases {
          if let count = counts[status] { statuses.member(status.rawValue, count) }
        }
      }
    }
  }
}
