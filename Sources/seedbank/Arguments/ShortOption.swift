/// A word of one dash and one letter, which is always an option and never a word to look for.
struct ShortOption {
  let typed: String
  /// The name that the parser reads with a value behind an equals sign; empty for an unknown letter.
  let long: String
  /// The value that stands in the same word, as in `-l5` or `-f=json`.
  let value: String?

  private static let valued: [Character: String] = [
    "f": "--format", "j": "--jobs", "l": "--limit", "o": "--to",
  ]
  private static let flags: [Character: String] = [
    "0": "-0", "h": "--help", "n": "--dry-run", "q": "--quiet", "v": "--verbose", "y": "--yes",
    "e": "-e",
  ]

  /// Nil for a word that is not one: `-blurry`, `-5`, `-猫`.
  init?(_ word: String) {
    guard word.utf8.first == UInt8(ascii: "-"), let letter = word.dropFirst().first else {
      return nil
    }
    let rest = String(word.dropFirst(2))
    long = Self.valued[letter] ?? Self.flags[letter] ?? ""
    if rest.isEmpty {
      guard letter.isASCII, letter.isLetter || letter == "0" else { return nil }
      typed = word
      value = nil
    } else {
      guard Self.valued[letter] != nil, let value = Self.joined(letter, rest) else { return nil }
      typed = String(word.prefix(2))
      self.value = value
    }
  }

  var isKnown: Bool { !long.isEmpty }

  /// The value that stands in the same word as its letter, unless all of it is rather a word.
  private static func joined(_ letter: Character, _ rest: String) -> String? {
    if rest.first == "=" { return String(rest.dropFirst()) }
    switch letter {
    case "j", "l": return rest.allSatisfy { $0.isASCII && $0.isNumber } ? rest : nil
    case "f": return OutputFormat(rawValue: rest).map(\.rawValue)
    default: return nil
    }
  }

  /// `--limit` for `-l`.
  static func longName(of option: String) -> String? {
    option.count == 2 ? option.last.flatMap { valued[$0] } : nil
  }

  // MARK: Refusals

  /// Commands that only look, for which a word such as `-ny` can do no harm.
  private static let harmless: Set<String> = ["search", "prompts", "saved add"]

  /// Refuses `-ny`: as options together it is likely in a command that edits, as an excluded word it
  /// would edit what was only to be listed.
  ///
  /// - Throws: a `Failure` of status 64.
  static func refuseCluster(_ word: String, of command: String) throws {
    let letters = word.dropFirst()
    guard !harmless.contains(command), (2...4).contains(letters.count),
      letters.allSatisfy({ "nqvy".contains($0) })
    else { return }
    let options = letters.map { "-\($0)" }.joined(separator: " ")
    throw Failure(
      .usage, "'\(word)' may be options or an excluded word",
      hint: "type `\(options)` for the options, or `NOT \(letters)` to exclude the word")
  }

  /// The refusal of a one-letter option that a command does not have, with the nearest long names.
  static func unknown(_ typed: String, of command: String) -> Failure {
    let letter = typed.dropFirst()
    let names = (try? CommandDump.ofThisProgram().command.options(of: command)) ?? []
    let near = names.filter { $0.dropFirst(2).hasPrefix(letter.lowercased()) }
    let exclude = "To exclude the word '\(letter)', type `NOT \(letter)`"
    let hint =
      near.isEmpty
      ? "`seedbank \(command) --help` lists the options. \(exclude)"
      : "did you mean \(near.joined(separator: " or "))? \(exclude)"
    return Failure(.usage, "'\(command)' has no option \(typed)", hint: hint)
  }
}
