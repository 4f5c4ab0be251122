import SeedbankModel
import SeedbankStorage

/// The words for an edit, as in "Moved 3 generations to the trash".
struct EditWords {
  let done: String
  let planned: String
  /// The words between the verb and the number.
  var before = ""
  var after = ""
  /// The command that makes the edit.
  let command: String

  func sentence(_ count: Int, isDryRun: Bool) -> String {
    let verb = isDryRun ? "Would \(planned)" : done
    return SafeText.line(
      [verb, before, Count.text(count, "generation"), after].filter { !$0.isEmpty }
        .joined(separator: " "))
  }
}

extension Edit {
  var words: EditWords {
    switch self {
    case .tag(let added, let removed): Self.words(added, removed)
    case .rate(let stars?):
      EditWords(
        done: "Rated", planned: "rate", after: "with \(Count.text(stars, "star"))",
        command: "rate")
    case .rate(nil):
      EditWords(done: "Removed", planned: "remove", before: "the rating of", command: "rate")
    case .note(let text) where text?.isEmpty ?? true,
      .changeNote(_, let text) where text?.isEmpty ?? true:
      EditWords(done: "Removed", planned: "remove", before: "the note of", command: "note")
    case .note, .changeNote, .appendNote:
      EditWords(done: "Set", planned: "set", before: "the note of", command: "note")
    case .favorite(true):
      EditWords(done: "Marked", planned: "mark", after: "as favorite", command: "favorite")
    case .favorite(false):
      EditWords(
        done: "Removed", planned: "remove", before: "the favorite mark of", command: "unfavorite")
    case .collect(let name):
      EditWords(
        done: "Added", planned: "add", after: "to the collection '\(name)'",
        command: "collection add")
    case .uncollect(let name):
      EditWords(
        done: "Removed", planned: "remove", after: "from the collection '\(name)'",
        command: "collection remove")
    case .arrange(let name):
      EditWords(
        done: "Moved", planned: "move", after: "within the collection '\(name)'",
        command: "collection arrange")
    case .trash:
      EditWords(done: "Moved", planned: "move", after: "to the trash", command: "delete")
    case .restore:
      EditWords(
        done: "Restored", planned: "restore", after: "from the trash", command: "trash restore")
    }
  }

  private static func words(_ added: [TagName], _ removed: [TagName]) -> EditWords {
    func tags(_ names: [TagName]) -> String {
      (names.count == 1 ? "the tag " : "the tags ")
        + names.map(\.description).joined(separator: ", ")
    }
    if removed.isEmpty {
      return EditWords(done: "Added", planned: "add", before: tags(added) + " to", command: "tag")
    }
    if added.isEmpty {
      return EditWords(
        done: "Removed", planned: "remove", before: tags(removed) + " from", command: "tag")
    }
    let signs = added.map { "+\($0)" } + removed.map { "-\($0)" }
    return EditWords(
      done: "Changed", planned: "change", before: "the tags of",
      after: "(\(signs.joined(separator: " ")))", command: "tag")
  }
}

extension CatalogEdit {
  var words: EditWords {
    switch self {
    case .renameTag(let tag, let name):
      EditWords(
        done: "Renamed", planned: "rename", before: "the tag \(tag) to \(name) on",
        command: "tags rename")
    case .deleteTag(let tag):
      EditWords(
        done: "Removed", planned: "remove", before: "the tag \(tag) from",
        command: "tags delete")
    case .deleteCollection(let name):
      EditWords(
        done: "Deleted", planned: "delete", before: "the collection '\(name)' of",
        command: "collection delete")
    case .renameCollection(let name, let new):
      EditWords(
        done: "Renamed", planned: "rename", before: "the collection '\(name)' to '\(new)' with",
        command: "collection rename")
    case .saveSearch(let name, _):
      EditWords(
        done: "Saved", planned: "save", before: "search:\(name) for", command: "saved add")
    case .deleteSearch(let name):
      EditWords(
        done: "Deleted", planned: "delete", before: "search:\(name) for",
        command: "saved delete")
    }
  }
}
