import SeedbankStorage

extension ReferenceError: Explainable {
  var explained: Failure {
    switch self {
    case .notFound(let name):
      Failure(
        .noInput, "no generation or file is named '\(name)'",
        hint: "`seedbank search` lists generations; name a file by its path")
    case .ambiguous(let name, let candidates):
      Failure(
        .badData,
        "'\(name)' matches several generations: \(candidates.map(\.description).joined(separator: ", "))",
        hint: "name one of them by its id")
    case .noSuchImage(let id, let position):
      Failure(
        .noInput, "generation \(id) has no image \(position)",
        hint: "`seedbank show \(id)` lists its images")
    case .withoutImage(let id):
      Failure(
        .noInput, "generation \(id) has no image",
        hint: "`seedbank show \(id)` shows why; if it is unfinished, `seedbank sync` continues it")
    case .notInLibrary(let path):
      Failure(
        .noInput,
        "\(path) is not in the library: no match by file content, embedded metadata or appearance",
        hint: "import it with `seedbank import \(ShellWord.quoted(path))`")
    }
  }
}
