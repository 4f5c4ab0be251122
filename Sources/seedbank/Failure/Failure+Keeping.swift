import SeedbankModel
import SeedbankStorage

extension EditError: Explainable {
  var explained: Failure {
    switch self {
    case .noSuchTag(let tag):
      Failure(.noInput, "there is no tag '\(tag)'", hint: "`seedbank tags` lists what there is")
    case .noSuchCollection(let name):
      Failure(
        .noInput, "there is no collection '\(name)'",
        hint: "`seedbank collection list` lists what there is")
    case .collectionExists(let name):
      Failure(.badData, "there is a collection '\(name)' already")
    case .noSuchSearch(let name): Failure(.noInput, "there is no saved search '\(name)'")
    case .renamesIntoItself(let tag):
      Failure(.usage, "the tag '\(tag)' can't come to lie under itself")
    case .badRating(let stars):
      Failure(.usage, "\(stars) is no rating", hint: "it takes 0 to 5; 0 takes the rating away")
    case .badName:
      Failure(
        .usage, "that is no name",
        hint: "a name has at most \(TagName.longest) bytes and no control characters")
    case .nothingToUndo: Failure(.noInput, "there is nothing to undo")
    case .nothingToRedo: Failure(.noInput, "there is nothing to redo")
    }
  }
}

extension RestoreError: Explainable {
  var explained: Failure {
    switch self {
    case .line(let number, let error):
      Failure(
        .badData, "line \(number) can't be restored: \(error.explained.sentence)",
        hint: error.explained.hint ?? "nothing was restored; mend that line and run it again")
    case .newerDump(let found, let supported):
      Failure(
        .badData, "a newer Seedbank wrote the dump (format \(found), this one knows \(supported))",
        hint: "update seedbank; nothing was restored")
    }
  }
}

extension BackupError: Explainable {
  var explained: Failure {
    switch self {
    case .notABackup(let path):
      Failure(
        .cannotCreate, "\(path) is no backup and not empty, and nothing was written there",
        hint: "name a new folder, or one that `seedbank backup` made")
    case .insideLibrary(let path):
      Failure(.usage, "\(path) lies in the library itself", hint: "name a folder elsewhere")
    case .notSound(let path, let detail):
      Failure(
        .inputOutput, "the copy of the catalog at \(path) is not sound: \(detail)",
        hint: "`seedbank check` tells whether the catalog itself is; an earlier backup is untouched"
      )
    }
  }
}
