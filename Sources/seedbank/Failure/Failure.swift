import ArgumentParser

/// An error as people meet it: what happened to what, what to do about it, and the exit status.
struct Failure: Error, Equatable {
  let status: ExitStatus
  /// One sentence without its full stop.
  let sentence: String
  /// What to do next; nil where nothing can be done.
  let hint: String?
  /// Lines of what was typed, with a mark under the place.
  let excerpt: [String]

  init(
    _ status: ExitStatus, _ sentence: String, hint: String? = nil, excerpt: [String] = []
  ) {
    self.status = status
    self.sentence = sentence
    self.hint = hint
    self.excerpt = excerpt
  }

  /// The one reading of every error that a library throws.
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

/// An error that says how people are told of it. Each conformance stands beside this file, in one
/// that is named for the module whose error it is.
protocol Explainable: Error {
  var explained: Failure { get }
}
