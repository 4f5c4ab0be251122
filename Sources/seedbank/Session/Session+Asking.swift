import Glibc

extension Session {
  /// Who edits, for the history: the name of the account.
  var actor: String {
    if let entry = getpwuid(getuid()), let name = entry.pointee.pw_name {
      return String(cString: name)
    }
    return environment["USER"] ?? "\(getuid())"
  }

  /// Asks before something that is not lightly done; `isSure` has been said beforehand with `--yes`.
  ///
  /// - Throws: a `Failure` where nobody is there to answer, or the answer is no.
  func confirm(_ question: String, isSure: Bool) throws {
    if isSure { return }
    guard canAsk else {
      throw Failure(
        .usage, "\(question) The question cannot be asked without a terminal.",
        hint: "add --yes to confirm")
    }
    try ask(question)
  }

  /// Asks a person at a terminal; scripts are not asked.
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
