/// A request of a shell: the words before the cursor, and the form of candidates.
struct CompletionRequest: Equatable {
  /// The words without the program.
  let words: [String]
  /// The word at the cursor, without quotes.
  let current: String
  private let form: Form

  private enum Form: Equatable {
    /// The shell quotes candidates itself.
    case plain
    /// bash replaces only the part after `removed` characters of the word, and does not quote.
    case bash(removed: Int, isQuoted: Bool)
  }

  /// Nil if the arguments are not a request.
  init?(_ arguments: [String]) {
    guard arguments.count >= 2, arguments[0] == CompletionScript.request else { return nil }
    if arguments[1] == "bash" {
      guard arguments.count >= 3 else { return nil }
      self.init(line: arguments[2], wordBreaks: arguments.count > 3 ? arguments[3] : "")
    } else {
      let last = arguments.count > 2 ? arguments[arguments.count - 1] : ""
      // fish passes the typed word unchanged.
      let current = arguments[1] == "fish" ? TypedLine(last).words.last?.text ?? "" : last
      self.init(
        words: Array(arguments.dropFirst(2).dropLast()), current: current, form: .plain)
    }
  }

  private init(words: [String], current: String, form: Form) {
    self.words = words
    self.current = current
    self.form = form
  }

  private init(line: String, wordBreaks: String) {
    let typed = TypedLine(line)
    let last = typed.words.last
    let current = last?.text ?? ""
    let isQuoted = last?.isOpen ?? false
    let breaks = wordBreaks.filter { $0 == ":" || $0 == "=" }
    let end = isQuoted ? nil : current.lastIndex { breaks.contains($0) }
    let removed = end.map { current.distance(from: current.startIndex, to: $0) + 1 } ?? 0
    self.init(
      words: typed.words.dropLast().dropFirst().map(\.text), current: current,
      form: .bash(removed: removed, isQuoted: isQuoted))
  }

  /// A candidate in the form of the shell.
  func written(_ candidate: String) -> String {
    guard case .bash(let removed, let isQuoted) = form else { return candidate }
    if isQuoted { return candidate }
    let special = Set(" \t\"'\\$`&|;<>()*?[]#~!{}")
    return candidate.dropFirst(removed).reduce(into: "") { text, character in
      if special.contains(character) { text.append("\\") }
      text.append(character)
    }
  }
}

/// Splits an unfinished line into words.
///
/// The last one may be empty, and its quote may be open.
struct TypedLine {
  struct Word {
    var text = ""
    var isOpen = false
  }

  let words: [Word]

  init(_ line: String) {
    var words: [Word] = []
    var word: Word?
    var quote: Character?
    var rest = line[...]
    while let character = rest.popFirst() {
      if let open = quote {
        if character == open {
          quote = nil
        } else if character == "\\", open == "\"", let next = rest.first, "\"\\$`".contains(next) {
          word = Word(text: (word?.text ?? "") + String(rest.removeFirst()))
        } else {
          word = Word(text: (word?.text ?? "") + String(character))
        }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? Word()
      } else if character == "\\" {
        word = Word(text: (word?.text ?? "") + (rest.popFirst().map(String.init) ?? ""))
      } else if character.isWhitespace {
        if let word { words.append(word) }
        word = nil
      } else {
        word = Word(text: (word?.text ?? "") + String(character))
      }
    }
    var last = word ?? Word()
    last.isOpen = quote != nil
    self.words = words + [last]
  }
}
