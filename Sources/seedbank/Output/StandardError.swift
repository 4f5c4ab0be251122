import Glibc

/// Where talk goes: notes, warnings and errors, a line each, written at once.
enum StandardError {
  static func show(_ failure: Failure) {
    say(failure.sentence, label: "seedbank: ", indent: 2)
    for line in failure.excerpt { write("    \(SafeText.line(line))\n") }
    if let hint = failure.hint { say(hint, label: "  hint: ", indent: 4) }
  }

  /// A sentence for people, broken at its words where the terminal is narrower.
  static func say(_ sentence: String, label: String = "", indent: Int = 0) {
    let columns = isatty(STDERR_FILENO) == 1 ? Terminal.width(of: STDERR_FILENO) : nil
    write(
      TextWrap.paragraph(SafeText.line(sentence), label: label, indent: indent, columns: columns))
  }

  static func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(STDERR_FILENO, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        // Nobody can be told that the telling failed.
        guard count > 0 else { return }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
  }
}
