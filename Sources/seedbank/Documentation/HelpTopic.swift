/// A topic of help that is not a command: `seedbank help query`, and manual pages of section 7.
enum HelpTopic: String, CaseIterable, Sendable {
  case query
  case promptsFile = "prompts-file"
  case models
  case formats
  case exitStatus = "exit-status"

  /// The topic of `help NAME`.
  init?(asked arguments: [String]) {
    guard arguments.count == 2, arguments[0] == "help" else { return nil }
    self.init(rawValue: arguments[1])
  }

  /// The line in lists.
  var abstract: String {
    switch self {
    case .query: "How to search: words, fields, and how they combine."
    case .promptsFile: "Files of prompts for `generate --from`."
    case .models: "The models that are known, with their sizes, seeds and prices."
    case .formats: "What --format prints, and the fields of a record."
    case .exitStatus: "What the exit status of a command means."
    }
  }

  /// The page, in the Markdown that `ManualPage` and `PlainPage` read.
  var markdown: String {
    switch self {
    case .query: Self.queryPage
    case .promptsFile: Self.promptsFilePage
    case .models: Self.modelsPage
    case .formats: Self.formatsPage
    case .exitStatus: CommonPages.statuses
    }
  }
}
