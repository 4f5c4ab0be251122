import Platform

extension Session {
  /// The user for the history: the name of the account.
  var actor: String {
    if let entry = getpwuid(getuid()), let name = entry.pointee.pw_name {
      return String(cString: name)
    }
    return environment["USER"] ?? "\(getuid())"
  }

  /// Asks before a large change.
  ///
  /// With `--yes`, `isSure` is true and nothing is asked.
  ///
  /// - Throws: a `Failure` without a terminal, or if the answer is no.
  func confirm(_ question: String, isSure: Bool) throws {
    if isSure { return }
    guard canAsk else {
      throw Failure(
        .usage, "\(question) The question cannot be asked without a terminal.",
        hint: "add --yes to confirm")
    }
    try ask(question)
  }

  /// Asks on a terminal.
  ///
  /// Scripts are not asked.
  ///
  /// - Throws: A `Failure` if the answer is no.
  func confirmIfPossible(_ question: String, isSure: Bool) throws {
    if !isSure, canAsk { try ask(question) }
  }

  private var canAsk: Bool { isatty(STDIN_FILENO) == 1 && talk.terminal.isPresent }

  private func ask(_ question: String) throws {
    StandardError.write("\(SafeText.line(question)) [y/N] ")
    let answer = readLine()?.lowercased() ?? ""
    guard ["y", "yes"].contains(answer) else {
      throw Failure(.tryAgain, "nothing was changed, because the answer was not yes")
    }
  }
}
