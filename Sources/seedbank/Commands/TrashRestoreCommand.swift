import ArgumentParser
import SeedbankModel

extension TrashCommand {
  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take generations out of the trash.",
      discussion: """
        EXAMPLES
          seedbank trash restore 1234 1235
        """)

    @Argument(help: "Their ids; without any, all of them.", completion: .trash)
    var ids: [Int64] = []
    @OptionGroup var confirm: ConfirmOption
    @OptionGroup var change: DryRunOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let library = try session.openLibrary(for: .writing)
      let chosen = try ids.isEmpty ? library.trash(limit: .max) : ids.map { GenerationID($0) }
      try session.edit(.restore, on: chosen, in: library, confirm, change)
    }
  }
}
