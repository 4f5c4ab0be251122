/// Words that users type instead of an option: `rate 5 3`, `tag cat +coast`, `undo 3`, `export cat DIR`.
enum PositionalForm {
  /// The words in the form of the command.
  ///
  /// - Throws: a `Failure` of status 64 with the corrected command, if the form is ambiguous.
  static func corrected(_ typed: TypedWords, of path: [String]) throws -> TypedWords {
    guard !typed.has("--help", "-h") else { return typed }
    do {
      return try withOptions(typed, path)
    } catch {
      // It is probably the reason for the form.
      throw unknownOption(typed, path) ?? error
    }
  }

  /// The error for an option that the command does not have; nil if there is none.
  private static func unknownOption(_ typed: TypedWords, _ path: [String]) -> Failure? {
    let command = path.joined(separator: " ")
    let known = (try? CommandDump.ofThisProgram().command.options(of: command)) ?? []
    let names = typed.options.map { String($0.prefix { $0 != "=" }) }
    guard !known.isEmpty,
      let name = names.first(where: { $0.hasPrefix("--") && !known.contains($0) })
    else { return nil }
    let nearest = Suggestion.nearest(to: name, among: known).map { ". Did you mean '\($0)'?" }
    return Failure(
      .usage, "unknown option '\(name)'\(nearest ?? "")",
      hint: "run `seedbank \(command) --help` for help")
  }

  private static func withOptions(_ typed: TypedWords, _ path: [String]) throws -> TypedWords {
    switch path {
    case ["undo"], ["redo"]: return counted(typed)
    case ["rate"] where !typed.has("--stars"):
      guard let last = typed.words.last, typed.words.count > 1, let stars = Int(last),
        (0...5).contains(stars)
      else { throw missing("--stars", "--stars 4", typed, path) }
      throw missing("--stars", "--stars \(stars)", typed.withoutLast, path)
    case ["tag"] where !typed.has("--add", "--remove"): throw tags(typed, path)
    case ["export"] where !typed.has("--to", "-o"):
      guard let last = typed.words.last, typed.words.count > 1 else {
        throw missing("--to", "--to FOLDER", typed, path)
      }
      throw missing("--to", "--to " + ShellWord.quoted(last), typed.withoutLast, path)
    case ["note"] where typed.words.count > 2:
      let text = typed.words.dropFirst().joined(separator: " ")
      throw Failure(
        .usage, "the note consists of several arguments",
        hint: "quote it: \(command(path, [typed.words[0], text], typed.options))")
    case ["generate"] where typed.words.count > 1:
      throw Failure(
        .usage, "the prompt consists of several arguments",
        hint: "quote it: \(command(path, [typed.words.joined(separator: " ")], typed.options))")
    default: return typed
    }
  }

  /// `undo 3` is `undo --count 3`.
  private static func counted(_ typed: TypedWords) -> TypedWords {
    guard typed.words.count == 1, Int(typed.words[0]) != nil, !typed.has("--count") else {
      return typed
    }
    var counted = typed
    counted.options.append("--count=\(typed.words[0])")
    counted.words = []
    return counted
  }

  private static func missing(
    _ option: String, _ example: String, _ typed: TypedWords, _ path: [String]
  ) -> Failure {
    let words = typed.words.isEmpty ? ["31"] : typed.words
    let line = (path + words).map { ShellWord.quoted($0) }.joined(separator: " ")
    // Without an option such as --dry-run or --library, the command would do something else.
    let rest = typed.options.map { " " + ShellWord.quoted($0) }.joined()
    return Failure(
      .usage, "\(option) is missing", hint: "type `seedbank \(line) \(example)\(rest)`")
  }

  private static func tags(_ typed: TypedWords, _ path: [String]) -> Failure {
    var rest = typed
    rest.words = typed.words.filter { !$0.hasPrefix("+") && !isRemoval($0) }
    var options = typed.words.filter { $0.hasPrefix("+") }.map {
      "--add " + ShellWord.quoted(String($0.dropFirst()))
    }
    options += typed.words.filter(isRemoval).map {
      "--remove " + ShellWord.quoted(String($0.dropFirst()))
    }
    if options.isEmpty, let last = rest.words.last, rest.words.count > 1 {
      options = ["--add " + ShellWord.quoted(last)]
      rest = rest.withoutLast
    }
    return missing(
      "--add or --remove", options.isEmpty ? "--add TAG" : options.joined(separator: " "), rest,
      path)
  }

  /// `-draft`, but not `-tag:draft`.
  private static func isRemoval(_ word: String) -> Bool {
    word.count > 1 && word.hasPrefix("-") && !word.contains(":")
  }

  private static func command(
    _ path: [String], _ words: [String], _ options: [String]
  ) -> String { quoted(path + words + options) }

  /// A command that can be pasted.
  static func quoted(_ words: [String]) -> String {
    "`" + (["seedbank"] + words.map(ShellWord.quoted)).joined(separator: " ") + "`"
  }
}

extension TypedWords {
  fileprivate var withoutLast: TypedWords {
    var shorter = self
    shorter.words.removeLast()
    return shorter
  }
}
