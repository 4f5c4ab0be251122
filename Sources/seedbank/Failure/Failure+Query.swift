import SeedbankQuery
import SeedbankStorage

extension Failure {
  /// An invalid value of a field, with a mark under its position.
  init(_ error: QueryError, in text: String) {
    let line = SafeText.line(text)
    let before = String(String.UnicodeScalarView(text.unicodeScalars.prefix(error.offset)))
    let column = DisplayWidth.of(SafeText.line(before))
    self.init(
      .usage, "'\(error.value)' is not a valid value of '\(error.field)'",
      hint: "write \(error.takes)",
      excerpt: [line, String(repeating: " ", count: column) + "^"])
  }
}

extension QueryError: Explainable {
  var explained: Failure {
    Failure(.usage, "'\(value)' is not a valid value of '\(field)'", hint: "write \(takes)")
  }
}

extension SearchError: Explainable {
  var explained: Failure {
    switch self {
    case .noSuchCollection(let name):
      Failure(
        .noInput, "the collection '\(name)' does not exist",
        hint: "`seedbank collection list` lists them")
    case .noSuchSearch(let name):
      Failure(
        .noInput, "the saved search '\(name)' does not exist",
        hint: "`seedbank saved list` lists all saved searches")
    case .emptySearch(let name):
      Failure(
        .badData, "the saved search '\(name)' has no condition",
        hint: "replace it with `seedbank saved add NAME QUERY`; `id:1..` selects all generations")
    case .cycle(let names):
      Failure(
        .badData,
        "saved searches refer to each other: \((names + names.prefix(1)).joined(separator: " → "))",
        hint: "change one of them with `seedbank saved add NAME QUERY`")
    case .tooLarge(let name):
      Failure(
        .badData,
        "with the saved search '\(name)', the query has too many conditions or nested groups",
        hint: "change it with `seedbank saved add NAME QUERY` to use fewer saved searches")
    case .unresolved(let reference):
      Failure(
        .usage, "'\(reference)' cannot be looked up for this query",
        hint: "use the id of a generation or sha256:DIGITS")
    case .nothingAfter(let id):
      Failure(
        .noInput, "generation \(id) is not in the results",
        hint: "use the last id of the previous page with --after")
    }
  }
}
