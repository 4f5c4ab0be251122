/// Notes and warnings to the person, on standard error.
struct Diagnostics: Sendable {
  let isQuiet: Bool
  let terminal: Terminal
  let style: Style

  /// Something good to know, left out by `--quiet`.
  func note(_ sentence: String) {
    if !isQuiet { StandardError.say(sentence) }
  }

  /// Something that may be wrong, said even by `--quiet`.
  func warn(_ sentence: String, hint: String? = nil) {
    StandardError.say(sentence, label: style.warning("warning:") + " ", indent: 2)
    if let hint { StandardError.say(hint, label: "  hint: ", indent: 4) }
  }

  /// One part of a batch that went wrong, where the rest goes on.
  func report(_ failure: Failure) { StandardError.show(failure) }
}
