import Gallery
import Glibc
import Imaging

extension Failure {
  /// Why one file of an import did not come in.
  init(_ problem: ImportProblem) {
    switch problem.kind {
    case .unreadable(let code):
      self.init(
        code == ENOENT ? .noInput : .inputOutput,
        "\(problem.path) can't be read: \(String(cString: strerror(code)))")
    case .changed:
      self.init(
        .tryAgain, "\(problem.path) was written to while it was read",
        hint: "import it again when it is finished")
    case .tooLarge(let bytes):
      self.init(.badData, "\(problem.path) is too large for an image: \(ByteCount.text(bytes))")
    case .damaged(let error):
      self.init(.badData, "\(problem.path): \(Failure(error).sentence)")
    }
  }
}
