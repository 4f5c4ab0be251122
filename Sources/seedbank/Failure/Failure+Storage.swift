import Glibc
import SeedbankModel
import SeedbankStorage

extension LibraryError: Explainable {
  var explained: Failure {
    switch self {
    case .missing(let path):
      Failure(
        .noInput, "there is no library at \(path)",
        hint: "`seedbank init` makes one; --library or SEEDBANK_LIBRARY names another")
    case .notALibrary(let path):
      Failure(
        .badData, "\(path) is not the catalog of a Seedbank library; nothing was changed",
        hint: "name the library's folder with --library")
    case .newerSchema(let path, let found, let supported):
      Failure(
        .badData,
        "\(path) was written by a newer Seedbank (format \(found), this one knows \(supported))",
        hint: "update seedbank; the library was left as it is")
    case .cannotCreate(let path, let code):
      Failure(
        code == ENOSPC || code == EDQUOT ? .inputOutput : .cannotCreate,
        "\(path) can't be made: \(Self.reason(code))",
        hint: code == ENOSPC || code == EDQUOT ? Self.makeRoom : "see who may write in its folder")
    case .readOnly(let path):
      Failure(
        .cannotCreate, "\(path) can't be written to",
        hint: "see who may write there, or whether its disk is mounted read-only")
    case .busy(let path):
      Failure(
        .tryAgain, "another program has kept \(path) locked for too long",
        hint: "run the command again when that program is done")
    case .full(let path):
      Failure(.inputOutput, "no room is left to write \(path)", hint: Self.makeRoom)
    case .corrupt(let path, let detail):
      Failure(
        .badData, "\(path) is damaged: \(detail)",
        hint: "`seedbank check` says how much; a backup may bring it back")
    case .indexDamaged(let path, let detail):
      Failure(
        .badData, "the search index in \(path) is damaged: \(detail)",
        hint: "`seedbank check --repair` rebuilds it; no record and no image is lost")
    case .inputOutput(let operation, let path, let code):
      Failure(
        code == ENOENT ? .noInput : .inputOutput,
        "can't \(operation) \(path): \(Self.reason(code))",
        hint: Self.hint(code))
    case .catalog(let path, let detail):
      Failure(
        .bug, "the catalog \(path) refused a statement: \(detail)",
        hint: "please report it, with the command and this sentence")
    case .noSuchGeneration(let id):
      Failure(
        .noInput, "there is no generation \(id)", hint: "`seedbank search` lists what there is")
    case .held(let id):
      Failure(
        .unavailable, "another library owns generation \(id), perhaps a copy of this one",
        hint: "`seedbank owner` shows which; `seedbank adopt` makes this library the owner")
    case .illegalTransition(let id, let status, let step):
      Failure(
        .bug, "generation \(id) is \(status.rawValue), which allows no step '\(step)'",
        hint: "another process may have moved it on; `seedbank show \(id)` tells")
    }
  }

  private static func hint(_ code: Int32) -> String? {
    switch code {
    case EACCES, EPERM: "check the permissions of that file and of its folder"
    case EMFILE, ENFILE: "too many files are open; raise `ulimit -n` or lower --jobs"
    case EXDEV, EOPNOTSUPP:
      "that link can't be made between these disks; copy, or refer to the files with a symlink"
    default: nil
    }
  }

  private static let makeRoom = "make room on that disk and run the command again; nothing is lost"

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}

extension RecordError: Explainable {
  var explained: Failure {
    switch self {
    case .syntax(let offset, let needed):
      Failure(.badData, "it is not JSON: at byte \(offset) there should be \(needed)")
    case .badValue(let field, let allowed):
      Failure(.badData, "the field '\(field)' can't have that value", hint: "it takes \(allowed)")
    case .missingPrompt: Failure(.badData, "it has no prompt")
    }
  }
}
