import SeedbankModel
import SeedbankStorage

extension EditError: Explainable {
  var explained: Failure {
    switch self {
    case .noSuchTag(let tag):
      Failure(.noInput, "the tag '\(tag)' does not exist", hint: "`seedbank tags` lists all tags")
    case .noSuchCollection(let name):
      Failure(
        .noInput, "the collection '\(name)' does not exist",
        hint: "`seedbank collection list` lists all collections")
    case .collectionExists(let name):
      Failure(
        .badData, "the collection '\(name)' already exists",
        hint: "`seedbank collection list` lists all collections")
    case .noSuchSearch(let name):
      Failure(
        .noInput, "the saved search '\(name)' does not exist",
        hint: "`seedbank saved list` lists all saved searches")
    case .renamesIntoItself(let tag):
      Failure(
        .usage, "the tag '\(tag)' cannot be renamed to a tag below itself",
        hint: "rename it to another name first, then to the name below")
    case .badRating(let stars):
      Failure(
        .usage, "'\(stars)' is not a valid rating (expected 1 to 5, or 0 to remove the rating)")
    case .badName:
      Failure(
        .usage,
        "the name is not valid (expected 1 to \(TagName.longest) bytes, no control characters)")
    case .noteChanged:
      Failure(
        .tryAgain, "the note was edited meanwhile; nothing was changed",
        hint: "read the note again, then repeat the edit")
    case .trashChanged:
      Failure(
        .tryAgain, "the trash was changed meanwhile; nothing was deleted",
        hint: "run the command again")
    case .nothingToUndo(0): Failure(.noInput, "no edit is left to undo")
    case .nothingToRedo(0): Failure(.noInput, "no undone edit is left to redo")
    case .nothingToUndo(let available):
      Failure(
        .noInput, "only \(Count.text(available, "edit")) can be undone; nothing was changed",
        hint: "`seedbank undo --count \(available)` undoes \(available == 1 ? "it" : "them")")
    case .nothingToRedo(let available):
      Failure(
        .noInput, "only \(Count.text(available, "edit")) can be redone; nothing was changed",
        hint: "`seedbank redo --count \(available)` repeats \(available == 1 ? "it" : "them")")
    case .notNextToUndo(let id):
      Failure(
        .badData, "edit \(id) is not the most recent edit; nothing was undone",
        hint: "`seedbank history` lists all edits; `seedbank undo` undoes the most recent one")
    case .notNextToRedo(let id):
      Failure(
        .badData, "edit \(id) is not the most recently undone edit; nothing was redone",
        hint: "`seedbank history` lists all edits; `seedbank redo` redoes the next one")
    }
  }
}

extension RestoreError: Explainable {
  var explained: Failure {
    switch self {
    case .line(let number, let error):
      Failure(
        .badData, "cannot restore line \(number): \(error.explained.sentence)",
        hint: error.explained.hint
          ?? "nothing was restored; correct that line, then run the command again")
    case .newerDump(let found, let supported):
      Failure(
        .badData,
        "the dump was written by a newer Seedbank (format \(found), supported: \(supported))",
        hint: "nothing was restored; update Seedbank")
    }
  }
}

extension BackupError: Explainable {
  var explained: Failure {
    switch self {
    case .notABackup(let path):
      Failure(
        .cannotCreate, "\(path) is not empty and not a backup; nothing was written",
        hint: "name a new folder, or a folder that `seedbank backup` wrote")
    case .insideLibrary(let path):
      Failure(.usage, "\(path) is inside the library", hint: "name a folder outside the library")
    case .busy(let path):
      Failure(
        .tryAgain, "another backup to \(path) is running; nothing was written",
        hint: "run the command again when it has ended, or name another folder")
    case .wouldLose(let path, let generations):
      Failure(
        .cannotCreate,
        "the backup at \(path) has \(Count.text(generations, "generation")) that this library does not "
          + "have; it was not changed",
        hint: "name another folder, or first run `seedbank restore \(ShellWord.quoted(path))`")
    case .notSound(let path, let detail):
      Failure(
        .inputOutput, "the copy of the catalog at \(path) has errors: \(detail)",
        hint: "check the library with `seedbank check`; an earlier backup was not changed"
      )
    }
  }
}
