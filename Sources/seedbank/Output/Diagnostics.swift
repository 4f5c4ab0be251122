/// Prints notes and warnings to standard error.
struct Diagnostics: Sendable {
  let isQuiet: Bool
  let terminal: Terminal
  let style: Style

  /// Prints a note, unless `--quiet` is given.
  func note(_ sentence: String) {
    if !isQuiet { StandardError.say(sentence) }
  }

  /// Prints a warning, also with `--quiet`.
  func warn(_ sentence: String, hint: String? = nil) {
    StandardError.say(sentence, label: style.warning("warning:") + " ", indent: 2)
    if let hint { StandardError.say(hint, label: "  hint: ", indent: 4) }
  }

  /// Prints the error of one part of a batch, while the rest continues.
  func report(_ failure: Failure) { StandardError.show(failure) }
}
