import FilePaths
import Platform
import SeedbankGallery
import SeedbankImaging

extension Failure {
  /// Why one file was not imported.
  init(_ problem: ImportProblem) {
    let path = problem.path
    switch problem.kind {
    case .unreadable(let code):
      self.init(
        code == ENOENT ? .noInput : .inputOutput,
        "cannot read \(path): \(systemErrorText(code))")
    case .changed:
      self.init(
        .tryAgain, "\(path) changed while it was read",
        hint: "import it again when it is finished")
    case .tooLarge(let bytes, let limit):
      self.init(
        .badData,
        "\(path) has \(ByteCount.text(bytes)) (maximum: \(ByteCount.text(Int64(limit))))",
        hint: "to import it, raise the limit: --max-bytes \(bytes)")
    case .damaged(.tooManyPixels(let width, let height, let limit)):
      self.init(
        .badData,
        "\(path) has \(width)x\(height) pixels (maximum: \(limit) pixels)",
        hint:
          "to import it, raise the limit: --max-pixels \(width.multipliedSaturating(by: height))")
    case .damaged(let error):
      self.init(.badData, "\(path): \(Failure(error).sentence)")
    case .notAnImage(let format):
      self.init(
        .badData,
        "\(path) is not an image of a supported format"
          + (format.map { ": it looks like a \($0.rawValue) file" } ?? ""))
    case .special(let kind): self.init(.badData, "\(path) is \(kind.words), not a file")
    }
  }
}

extension SpecialFile {
  /// With its article.
  fileprivate var words: String {
    switch self {
    case .pipe: "a named pipe"
    case .socket: "a socket"
    case .device: "a device"
    case .other: "a special file"
    }
  }
}

extension Int {
  fileprivate func multipliedSaturating(by other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}

extension ImportWatchError: Explainable {
  var explained: Failure {
    switch self {
    case .tooManyFolders(let watched):
      Failure(
        .tryAgain,
        "no more folders can be watched: the system's limit is reached "
          + "(\(Count.text(watched, "folder")))",
        hint: "raise the limit: `sudo sysctl fs.inotify.max_user_watches=524288`")
    case .gone(let path):
      Failure(.noInput, "\(path) is not a folder, or no longer exists")
    case .system(let code):
      Failure(
        .inputOutput, "cannot watch the folder: \(systemErrorText(code))",
        hint: code == EMFILE
          ? "another program uses all watchers: raise `fs.inotify.max_user_instances`" : nil)
    }
  }
}
