import FilePaths
import Platform
import SeedbankModel
import SeedbankStorage

extension LibraryError: Explainable {
  var explained: Failure {
    switch self {
    case .missing(let path):
      Failure(
        .noInput, "the library \(path) does not exist",
        hint: "create it with `seedbank init`, or name another with --library or SEEDBANK_LIBRARY")
    case .notALibrary(let path):
      Failure(
        .badData, "\(path) is not a Seedbank library; nothing was changed",
        hint: "name the folder of the library with --library")
    case .notEmpty(let path, let example):
      Failure(
        .cannotCreate,
        "\(path) is not a Seedbank library and not empty (it contains '\(example)'); nothing was written",
        hint: "name a new or an empty folder with --library or SEEDBANK_LIBRARY")
    case .newerSchema(let path, let found, let supported):
      Failure(
        .badData,
        "\(path) was written by a newer Seedbank (format \(found), supported: \(supported))",
        hint: "update Seedbank; the library was not changed")
    case .cannotCreate(let path, let code):
      Failure(
        code == ENOSPC || code == EDQUOT ? .inputOutput : .cannotCreate,
        "\(path) cannot be created: \(systemErrorText(code))",
        hint: Self.creationHint(code))
    case .readOnly(let path):
      Failure(
        .cannotCreate, "\(path) is not writable",
        hint: "check its permissions, and whether its disk is mounted read-only")
    case .busy(let path):
      Failure(
        .tryAgain, "\(path) is locked by another program",
        hint: "wait until that program is finished, then run the command again")
    case .replaced(let path):
      Failure(
        .tryAgain, "the library \(path) was deleted, moved or replaced while it was in use",
        hint: "run the command again")
    case .full(let path):
      Failure(.inputOutput, "cannot write \(path): the disk is full", hint: Self.freeSpaceHint)
    case .corrupt(let path, let detail):
      Failure(
        .badData, "\(path) is damaged: \(detail)",
        hint: "run `seedbank check` for details, or use a backup")
    case .indexDamaged(let path, let detail):
      Failure(
        .badData, "the search index in \(path) is damaged: \(detail)",
        hint: "rebuild it with `seedbank check --repair`; no record or image is lost")
    case .inputOutput(let operation, let path, let code):
      Failure(
        code == ENOENT ? .noInput : .inputOutput,
        "cannot \(operation) \(path): \(systemErrorText(code))",
        hint: Self.hint(code))
    case .catalog(let path, let detail):
      Failure(
        .bug, "the catalog \(path) refused a statement: \(detail)",
        hint: "this is an error in Seedbank: please report it with the command and this message")
    case .noSuchGeneration(let id):
      Failure(
        .noInput, "generation \(id) does not exist", hint: "`seedbank search` lists generations")
    case .held(let id):
      Failure(
        .unavailable,
        "generation \(id) is owned by another library, which is probably a copy of this one",
        hint: "`seedbank owner` shows the owner; `seedbank adopt` makes this library the owner")
    case .trashed(let id):
      Failure(
        .noInput, "generation \(id) is in the trash, so its request is not sent",
        hint: "`seedbank trash restore \(id)` restores it")
    case .illegalTransition(let id, let status, let step):
      Failure(
        .bug, "generation \(id) is \(status.rawValue), so the step '\(step)' is not possible",
        hint: "another process probably changed it; run `seedbank show \(id)`")
    }
  }

  private static func creationHint(_ code: Int32) -> String {
    switch code {
    case ENOSPC, EDQUOT: freeSpaceHint
    case EEXIST: "a file has this name: remove it or move it away"
    default: "check the permissions of its folder"
    }
  }

  private static func hint(_ code: Int32) -> String? {
    switch code {
    case EACCES, EPERM: "check the permissions of that file and of its folder"
    case EMFILE, ENFILE:
      "too many files are open; raise the limit with `ulimit -n 1024`, or use fewer --jobs"
    case EXDEV, EOPNOTSUPP:
      "these disks do not support that link; use --link copy or --link symlink"
    default: nil
    }
  }

  private static let freeSpaceHint =
    "free some disk space, then run the command again; nothing is lost"

}

extension RecordError: Explainable {
  var explained: Failure {
    switch self {
    case .syntax(let offset, let needed):
      Failure(.badData, "it is not valid JSON: expected \(needed) at byte \(offset)")
    case .badValue(let field, let allowed):
      Failure(.badData, "the value of the field '\(field)' is not valid (expected \(allowed))")
    case .missingPrompt: Failure(.badData, "it has no prompt")
    }
  }
}
