import SeedbankStorage

extension ReferenceError: Explainable {
  var explained: Failure {
    switch self {
    case .notFound(let name):
      Failure(
        .noInput, "there is no generation or file '\(name)'",
        hint: "`seedbank search` lists what there is; a file is named by its path")
    case .ambiguous(let name, let candidates):
      Failure(
        .badData,
        "'\(name)' fits several generations: \(candidates.map(\.description).joined(separator: ", "))",
        hint: "name one of them by its id")
    case .noSuchImage(let id, let position):
      Failure(
        .noInput, "generation \(id) has no image \(position)",
        hint: "`seedbank show \(id)` lists its images")
    case .stranger(let path):
      Failure(
        .noInput, "\(path) is not in the library, neither its bytes nor its record nor its looks",
        hint: "`seedbank import \(ShellWord.quoted(path))` takes it in")
    }
  }
}
