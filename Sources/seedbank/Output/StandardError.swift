import Glibc

/// Where talk goes: notes, warnings and errors, a line each, written at once.
enum StandardError {
  static func show(_ failure: Failure) {
    var text = "seedbank: \(SafeText.line(failure.sentence))\n"
    for line in failure.excerpt { text += "    \(SafeText.line(line))\n" }
    if let hint = failure.hint { text += "  hint: \(SafeText.line(hint))\n" }
    write(text)
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
