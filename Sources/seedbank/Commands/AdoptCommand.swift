import ArgumentParser
import SeedbankModel

struct AdoptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt",
    abstract: "Make this library the owner of unfinished work that it holds.",
    discussion: """
      Use it when the library that the work came from is gone, or no longer used. If that library still
      exists, both may send the same requests, and each may be charged. Each timeline records the new
      owner. `seedbank undo` does not give the work back.

      EXAMPLES
        seedbank adopt --dry-run
        seedbank adopt
        seedbank adopt --yes && seedbank sync
      """)

  @OptionGroup var confirm: ConfirmOption
  @OptionGroup var change: DryRunOption
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: change.dryRun ? .reading : .writing)
    let report = try library.ownership()
    let counts = report.held.reduce(into: [Status: Int]()) { counts, held in
      for (status, ids) in held.byStatus { counts[status, default: 0] += ids.count }
    }
    let what = Status.allCases
      .compactMap { status in counts[status].map { "\($0) \(status.rawValue)" } }
      .joined(separator: ", ")
    guard !report.held.isEmpty else {
      return session.output.write("Nothing is held. This library owns its unfinished work.\n")
    }
    session.talk.warn(
      "the library that owned this work may send it too; then each request may be charged twice",
      hint: "adopt the work in one library only, and delete the other copy or its queue")
    if change.dryRun { return session.output.write("Would be adopted: \(what).\n") }
    try session.confirm("adopt \(what)?", isSure: confirm.yes)
    let adopted = try library.adopt(at: session.now)
    let number = adopted.byStatus.values.reduce(0, +)
    session.output.write(
      "\(Count.text(number, "generation")) adopted. `seedbank sync` continues with them.\n")
  }
}
