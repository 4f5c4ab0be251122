import SeedbankModel

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
    /// bash replaces only what follows the last of these breaks in the word, and does not quote.
    case bash(breaks: Set<Unicode.Scalar>, count: Int, quote: Unicode.Scalar?)
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
    let breaks = Set(wordBreaks.unicodeScalars.filter { $0 == ":" || $0 == "=" })
    let count = last?.quote == nil ? current.unicodeScalars.count { breaks.contains($0) } : 0
    self.init(
      words: typed.words.dropLast().dropFirst().map(\.text), current: current,
      form: .bash(breaks: breaks, count: count, quote: last?.quote))
  }

  /// A candidate in the form of the shell.
  ///
  /// Names come from images and other libraries, and bash reads what it inserts as if it was typed.
  func written(_ candidate: String) -> String {
    guard case .bash(let breaks, let count, let quote) = form else { return candidate }
    // By scalars: a character with a combining mark is another Character, but has its meaning for bash.
    var rest = candidate.unicodeScalars[...]
    for _ in 0..<count {
      guard let end = rest.firstIndex(where: { breaks.contains($0) }) else { break }
      rest = rest[rest.index(after: end)...]
    }
    if quote == "'" { return String(rest).replacingEach("'", with: "'\\''") }
    let special = (quote == nil ? " \t\"'\\$`&|;<>()*?[]#~!{}" : "\"\\$`").unicodeScalars
    return rest.reduce(into: "") { text, scalar in
      if special.contains(scalar) { text.append("\\") }
      text.unicodeScalars.append(scalar)
    }
  }
}

/// Splits an unfinished line into words.
///
/// The last one may be empty, and its quote may be open.
struct TypedLine {
  struct Word {
    var text = ""
    /// The quotation mark that is not closed.
    var quote: Unicode.Scalar?
  }

  let words: [Word]

  init(_ line: String) {
    let escaped = "\"\\$`".unicodeScalars
    var words: [Word] = []
    var word: Word?
    var quote: Unicode.Scalar?
    var rest = line.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if let open = quote {
        if scalar == open {
          quote = nil
        } else if scalar == "\\", open == "\"", let next = rest.first, escaped.contains(next) {
          rest.removeFirst()
          word = Word(text: (word?.text ?? "") + String(next))
        } else {
          word = Word(text: (word?.text ?? "") + String(scalar))
        }
      } else if scalar == "'" || scalar == "\"" {
        quote = scalar
        word = word ?? Word()
      } else if scalar == "\\" {
        word = Word(text: (word?.text ?? "") + (rest.popFirst().map { String($0) } ?? ""))
      } else if scalar.properties.isWhitespace {
        if let word { words.append(word) }
        word = nil
      } else {
        word = Word(text: (word?.text ?? "") + String(scalar))
      }
    }
    var last = word ?? Word()
    last.quote = quote
    self.words = words + [last]
  }
}
