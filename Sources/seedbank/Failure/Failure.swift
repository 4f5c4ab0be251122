import ArgumentParser

/// An error for the user: a sentence, a hint, and the exit status.
struct Failure: Error, Equatable {
  let status: ExitStatus
  /// One sentence without its full stop.
  let sentence: String
  /// What to do next; nil if nothing can be done.
  let hint: String?
  /// Lines of the input, with a mark under the position.
  let excerpt: [String]

  init(
    _ status: ExitStatus, _ sentence: String, hint: String? = nil, excerpt: [String] = []
  ) {
    self.status = status
    self.sentence = sentence
    self.hint = hint
    self.excerpt = excerpt
  }

  /// Translates every error of the libraries.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let typed as any Explainable: self = typed.explained
    case is CancellationError: self = Failure(.interrupted, "stopped before it was finished")
    case _ where Seedbank.exitCode(for: error) == .validationFailure: self.init(parsing: error)
    default:
      self = Failure(
        .bug, "unexpected error of type \(type(of: error))",
        hint: "this is an error in Seedbank: please report it with the command and this message")
    }
  }
}

/// An error that can be translated for the user.
///
/// The conformances are in files beside this one, named after the module of the error.
protocol Explainable: Error {
  var explained: Failure { get }
}
