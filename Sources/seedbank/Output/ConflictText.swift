import SeedbankStorage

/// The edits that a merge replaced, and requests that differ, one on each line.
enum ConflictText {
  /// - Parameters:
  ///   - count: The number of conflicts; `conflicts` may be only the first of them.
  ///   - place: Where the other version is, such as `in the file`.
  ///   - library: Has the numbers of the generations.
  static func lines(
    _ conflicts: some Collection<MergeConflict>, of count: Int, _ place: String,
    in library: Library
  ) throws -> String {
    let numbers = try library.numbers(of: conflicts.compactMap(\.generation))
    var text = ""
    for conflict in conflicts {
      let what =
        conflict.generation.map { uid in
          "\(conflict.field) of generation \(numbers[uid]?.description ?? uid.description)"
        } ?? conflict.field
      let shown = SafeText.line(what)
      text +=
        conflict.keptOurs
        ? "the \(shown) differs \(place); that of this library is kept\n"
        : "replaced by a later edit: \(shown)\n"
    }
    let more = count - conflicts.count
    return text + (more > 0 ? "and \(more) more\n" : "")
  }

  /// How to get replaced edits back; empty if there are none.
  static func undoing(_ replaced: Int) -> String {
    guard replaced > 0 else { return "" }
    return
      "\(Count.text(replaced, "edit of this library was", "edits of this library were")) replaced; "
      + "`seedbank undo` brings \(Count.them(replaced)) back\n"
  }
}
