import FilePaths
import Platform

/// Standard error: notes, warnings and errors, one per line, written immediately.
enum StandardError {
  static func show(_ failure: Failure) {
    say(failure.sentence, label: "seedbank: ", indent: 2)
    for line in failure.excerpt { write("    \(SafeText.line(line))\n") }
    if let hint = failure.hint { say(hint, label: "  hint: ", indent: 4) }
  }

  /// A sentence, wrapped at words in a narrow terminal.
  static func say(_ sentence: String, label: String = "", indent: Int = 0) {
    let columns = isatty(STDERR_FILENO) == 1 ? Terminal.width(of: STDERR_FILENO) : nil
    write(
      TextWrap.paragraph(SafeText.line(sentence), label: label, indent: indent, columns: columns))
  }

  static func write(_ text: String) {
    var text = text
    // An error of this write cannot be reported.
    _ = text.withUTF8 { writeAll(UnsafeRawBufferPointer($0), to: STDERR_FILENO) }
  }
}
