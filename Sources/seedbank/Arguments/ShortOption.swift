/// A word of one dash and one letter.
///
/// It is always an option, never a search word.
struct ShortOption {
  let typed: String
  /// The long name, to which the parser can add `=VALUE`; empty for an unknown letter.
  let long: String
  /// The value in the same word, as in `-l5` or `-f=json`.
  let value: String?

  /// The long name of an option that has a value.
  private static func valued(_ letter: Character) -> String? {
    switch letter {
    case "f": "--format"
    case "j": "--jobs"
    case "l": "--limit"
    case "o": "--to"
    default: nil
    }
  }

  private static func flag(_ letter: Character) -> String? {
    switch letter {
    case "0": "-0"
    case "h": "--help"
    case "n": "--dry-run"
    case "q": "--quiet"
    case "v": "--verbose"
    case "y": "--yes"
    case "e": "-e"
    default: nil
    }
  }

  /// Nil for other words: `-blurry`, `-5`, `-猫`.
  init?(_ word: String) {
    guard word.utf8.first == UInt8(ascii: "-"), let letter = word.dropFirst().first else {
      return nil
    }
    let rest = String(word.dropFirst(2))
    long = Self.valued(letter) ?? Self.flag(letter) ?? ""
    if rest.isEmpty {
      guard letter.isASCII, letter.isLetter || letter == "0" else { return nil }
      typed = word
      value = nil
    } else {
      guard Self.valued(letter) != nil, let value = Self.joined(letter, rest) else { return nil }
      typed = String(word.prefix(2))
      self.value = value
    }
  }

  var isKnown: Bool { !long.isEmpty }

  /// The value in the same word as its letter, unless the whole is more likely a word.
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
    option.count == 2 ? option.last.flatMap(valued) : nil
  }

  // MARK: Refusals

  /// Commands that only read, in which a word such as `-ny` does no harm.
  private static let harmless: Set<String> = ["search", "prompts", "saved add"]

  /// Refuses `-ny`.
  ///
  /// In an editing command it probably means two options. As an excluded word, it would edit
  /// generations that the user only wanted to list.
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

  /// The error for an unknown one-letter option, with the most similar long names.
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
