import FilePaths

/// Text as one word of a POSIX shell.
enum ShellWord {
  private static let plain = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@%+,")

  static func quoted(_ text: String) -> String {
    if !text.isEmpty, text.allSatisfy(plain.contains) { return text }
    // By scalars: an apostrophe with a combining mark is one Character that differs from "'".
    let parts = text.unicodeScalars.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.map { String($0) }.joined(separator: "'\\''") + "'"
  }

  /// A path that is not plain text is already shown as a Bash word.
  static func quoted(_ path: FilePath) -> String {
    let shown = path.description
    return shown == path.utf8 ? quoted(shown) : shown
  }
}
