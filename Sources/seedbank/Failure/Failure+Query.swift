import SeedbankQuery
import SeedbankStorage

extension Failure {
  /// A field with a value that it can't have, with a mark under the place.
  init(_ error: QueryError, in text: String) {
    let line = SafeText.line(text)
    let before = String(String.UnicodeScalarView(text.unicodeScalars.prefix(error.offset)))
    let column = DisplayWidth.of(SafeText.line(before))
    self.init(
      .usage, "'\(error.field)' can't be '\(error.value)'", hint: "it takes \(error.takes)",
      excerpt: [line, String(repeating: " ", count: column) + "^"])
  }
}

extension QueryError: Explainable {
  var explained: Failure {
    Failure(.usage, "'\(field)' can't be '\(value)'", hint: "it takes \(takes)")
  }
}

extension SearchError: Explainable {
  var explained: Failure {
    switch self {
    case .noSuchCollection(let name):
      Failure(
        .noInput, "there is no collection '\(name)'", hint: "`seedbank collection list` lists them")
    case .noSuchSearch(let name):
      Failure(
        .noInput, "there is no saved search '\(name)'", hint: "`seedbank search list` lists them")
    case .cycle(let names):
      Failure(
        .badData,
        "saved searches go in a circle: \((names + names.prefix(1)).joined(separator: " → "))",
        hint: "`seedbank search save` writes one of them anew")
    case .unresolved(let reference):
      Failure(.usage, "'\(reference)' can't be looked up here")
    case .nothingAfter(let id):
      Failure(
        .noInput, "the results have no place after generation \(id)",
        hint: "--after takes the last id of the page before")
    }
  }
}
