import Platform

/// Reads a line from a terminal that does not show what is typed.
enum HiddenInput {
  /// The settings of the terminal before; a handler of a signal cannot capture them.
  nonisolated(unsafe) private static var shown = termios()

  /// Prints a prompt to standard error, and reads a line from standard input.
  ///
  /// If a signal ends the program meanwhile, the terminal shows again what is typed. Ctrl-Z has no effect, because
  /// the shell would make the rest of the line visible.
  ///
  /// - Returns: nil at the end of the input.
  static func line(after prompt: String) -> String? {
    guard tcgetattr(STDIN_FILENO, &shown) == 0 else {
      StandardError.write(prompt)
      return readLine()
    }
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    let ending = [SIGINT, SIGTERM, SIGHUP, SIGQUIT].filter { !StopRequest.isIgnored($0) }
    let handlers = ending.map { ($0, showInput(atSignal: $0)) }
    let stopHandler = signal(SIGTSTP, SIG_IGN)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
    StandardError.write(prompt)
    defer {
      showInput()
      signal(SIGTSTP, stopHandler)
      for (number, handler) in handlers { signal(number, handler) }
      StandardError.write("\n")
    }
    return readLine()
  }

  private static func showInput() {
    withUnsafePointer(to: shown) { _ = tcsetattr(STDIN_FILENO, TCSAFLUSH, $0) }
  }

  /// Returns the handler that the signal had before.
  private static func showInput(atSignal number: Int32) -> (@convention(c) (Int32) -> Void)? {
    signal(number) { number in
      HiddenInput.showInput()
      signal(number, SIG_DFL)
      raise(number)
    }
  }
}
