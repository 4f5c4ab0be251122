/// Notes and warnings to the person, on standard error.
struct Talk: Sendable {
  let isQuiet: Bool
  let terminal: Terminal
  let style: Style

  /// Something good to know, left out by `--quiet`.
  func note(_ sentence: String) {
    if !isQuiet { StandardError.write("\(SafeText.line(sentence))\n") }
  }

  /// Something that may be wrong, said even by `--quiet`.
  func warn(_ sentence: String, hint: String? = nil) {
    StandardError.write("\(style.warning("warning:")) \(SafeText.line(sentence))\n")
    if let hint { StandardError.write("  hint: \(SafeText.line(hint))\n") }
  }

  /// One part of a batch that went wrong, where the rest goes on.
  func report(_ failure: Failure) { StandardError.show(failure) }
}
