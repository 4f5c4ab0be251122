import SeedbankModel
import SeedbankQuery
import SeedbankStorage

extension Session {
  /// Checks a query that is to be saved.
  ///
  /// One with a field without a value was probably cut by the shell.
  /// - Throws: `Failure` of status 64.
  func checkForSaving(_ text: String) throws {
    for case .fieldWithoutValue(let name) in (try? Query.parse(text))?.notes ?? [] {
      throw Failure(
        .usage, "'\(name):' has no value, so the query was not saved",
        hint: QueryNote.shellRemark(name) ?? "write the value after the colon, or quote the word")
    }
    guard try parsed(text).hasCondition else {
      throw Failure(
        .usage, "the query has no condition, so it was not saved",
        hint: "give a query such as `rating:4..`; `id:1..` selects all generations")
    }
  }
}

extension QueryNote {
  /// Fields with comparisons, for which users type `>` and `<`.
  private static let compared: Set<String> = [
    "rating", "seed", "width", "height", "guidance", "created", "id",
  ]

  /// Explains an empty value of a field: the shell interprets `>` and `<`.
  static func shellRemark(_ field: String) -> String? {
    guard compared.contains(field.lowercased()) else { return nil }
    let example = field.lowercased() == "rating" ? "rating:4.." : "\(field):10.."
    return "the shell probably took a > or < for a file; write \(example), or quote the query"
  }
}
