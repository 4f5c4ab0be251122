import ArgumentParser
import SeedbankStorage

struct QueryEditOptions: ParsableArguments {
  @Argument(help: .query, completion: .query)
  var query: [String]
  @OptionGroup var confirm: ConfirmOption
  @OptionGroup var change: DryRunOption

  func perform(_ edit: Edit, _ global: GlobalOptions) throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .writing)
    let ids = try session.ids(query, in: library)
    try session.edit(edit, on: ids, in: library, confirm, change)
  }
}
