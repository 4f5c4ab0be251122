extension CommandLineArguments {
  /// Refuses words after `key`, `key set` and `key test`.
  ///
  /// Such a word is probably a key, which the error of the argument parser would repeat.
  ///
  /// - Throws: a `Failure` of status 64.
  static func refuseKey(in typed: TypedWords, of path: [String]) throws {
    guard path.first == "key", !typed.words.isEmpty, !typed.has("--help", "-h") else { return }
    throw Failure(
      .usage, "the key is not an argument: it would be visible in the list of processes",
      hint: "`seedbank key set` asks for it, or reads it from a pipe; `seedbank key --help` lists "
        + "the commands")
  }
}
