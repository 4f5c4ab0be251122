import ArgumentParser
import SeedbankStorage

/// For commands that edit the generations which their arguments select.
struct QueryEditOptions: ParsableArguments {
  @Argument(help: .selection, completion: .query)
  var query: [String]
  @Flag(name: [.long, .customShort("v")], help: "List every generation that is changed.")
  var verbose = false
  @OptionGroup var confirm: ConfirmOption
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions

  func perform(_ edit: Edit, _ global: GlobalOptions) throws {
    try EditRun(global, confirm, change, report, isVerbose: verbose).perform(edit, on: query)
  }
}
