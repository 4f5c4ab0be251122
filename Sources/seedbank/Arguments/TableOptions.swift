import ArgumentParser

/// The options for the layout of tables.
struct TableOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Columns of the table, separated by commas, in that order.", valueName: "columns"))
  var columns: ColumnChoice?
  @Flag(help: "Reverse the order.")
  var reverse = false
  @Flag(help: "Show a small image below each line, if the terminal supports it.")
  var thumbnails = false

  var layout: TableLayout {
    TableLayout(columns: columns, isReversed: reverse, hasThumbnails: thumbnails)
  }
}

/// The layout by the options.
struct TableLayout: Equatable, Sendable {
  var columns: ColumnChoice?
  var isReversed = false
  var hasThumbnails = false
}
