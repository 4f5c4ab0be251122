/// The folded tokens of a text, with their ranges in the text.
///
/// The index and queries use the same code, so that SQLite's tables or a newer Unicode cannot make them
/// differ. docs/search.md describes the folding.
struct TextFolding {
  /// The kind of a token.
  package enum Origin: Sendable {
    /// A word or a symbol.
    case whole
    /// Two neighbours in a run of a script that is written without spaces.
    case pair
    /// The last character of such a run, alone.
    case last
  }

  struct Token: Sendable {
    /// The range of its folded form in `bytes`.
    package let folded: Range<Int>
    package let origin: Origin
    /// Its range in the UTF-8 of the text.
    package let source: Range<Int>
    /// The end in the text of its first character.
    let headEnd: Int
  }

  /// The maximum length of a word in bytes.
  ///
  /// Longer words are cut in the index and in queries.
  static let longestToken = 240

  /// The folded forms of the tokens, separated by single spaces.
  private(set) var bytes: [UInt8] = []
  private(set) var tokens: [Token] = []

  /// The prefix of every token: a character that folded text cannot contain.
  private let prefix: [UInt8]
  private let keepsTokens: Bool

  private var word: Word?
  private var run: [RunCharacter] = []

  private struct Word {
    let start: Int
    let source: Int
    var headEnd: Int
    /// The character folded last; 0 before the first.
    var last: UInt32 = 0
    /// The offset of the last character in the output.
    var lastStart = 0
  }

  private struct RunCharacter {
    var scalar: UInt32
    var source: Range<Int>
  }

  init(prefix: UInt32? = nil, keepsTokens: Bool = false) {
    self.prefix = prefix.map { UTF8Scalar.bytes(of: $0) } ?? []
    self.keepsTokens = keepsTokens
  }

  /// Appends the tokens of `text`.
  ///
  /// A phrase matches across the boundary only if it would match with a space between both texts.
  package mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(utf8: $0) }
  }

  /// Appends one token that is already folded.
  package mutating func append(token: [UInt8]) {
    if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
    let start = bytes.count
    bytes.append(contentsOf: token)
    if keepsTokens {
      tokens.append(
        Token(folded: start..<bytes.count, origin: .whole, source: 0..<0, headEnd: 0))
    }
  }

  package mutating func append(utf8 text: UnsafeBufferPointer<UInt8>) {
    var position = 0
    while position < text.count {
      let byte = text[position]
      if byte < 0x80 {
        let folded = Self.ascii[Int(byte)]
        if folded == 0 {
          endWord(at: position)
          endRun()
        } else {
          appendLetter(ascii: folded, at: position)
        }
        position += 1
      } else {
        let (scalar, length) = UTF8Scalar.decode(text, at: position)
        take(scalar, position..<position + length)
        position += length
      }
    }
    endWord(at: text.count)
    endRun()
  }

  private mutating func take(_ scalar: UInt32, _ source: Range<Int>) {
    guard scalar >= 0x80 else {
      let folded = Self.ascii[Int(scalar)]
      if folded != 0 { return appendLetter(ascii: folded, at: source.lowerBound) }
      endWord(at: source.lowerBound)
      return endRun()
    }
    let entry = ScalarFolding.shared[scalar]
    switch entry.kind {
    case .letter:
      endRun()
      appendLetter(entry.value, source)
    case .unspaced:
      endWord(at: source.lowerBound)
      appendToRun(entry.value, source)
    case .symbol:
      endWord(at: source.lowerBound)
      endRun()
      emit(.whole, source, headEnd: source.upperBound) {
        UTF8Scalar.append(entry.value, to: &$0)
      }
    case .separator:
      endWord(at: source.lowerBound)
      endRun()
    case .ignored: break
    case .composing: compose(entry.value, source)
    case .expansion:
      for part in ScalarFolding.shared.expansions[Int(entry.value)] { take(part, source) }
    }
  }

  // MARK: Words

  private mutating func beginWord(at source: Int) {
    endRun()
    if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
    word = Word(start: bytes.count, source: source, headEnd: source)
    bytes.append(contentsOf: prefix)
  }

  private mutating func appendLetter(ascii letter: UInt8, at source: Int) {
    if word == nil { beginWord(at: source) }
    noteLetter(UInt32(letter), end: source + 1)
    if bytes.count - word!.start < Self.longestToken { bytes.append(letter) }
  }

  private mutating func appendLetter(_ letter: UInt32, _ source: Range<Int>) {
    if word == nil { beginWord(at: source.lowerBound) }
    noteLetter(letter, end: source.upperBound)
    if bytes.count - word!.start <= Self.longestToken - 4 {
      UTF8Scalar.append(letter, to: &bytes)
    }
  }

  private mutating func noteLetter(_ letter: UInt32, end: Int) {
    if word!.last == 0 { word!.headEnd = end }
    word!.last = letter
    word!.lastStart = bytes.count
  }

  private mutating func endWord(at source: Int) {
    guard let ended = word else { return }
    word = nil
    guard keepsTokens else { return }
    tokens.append(
      Token(
        folded: ended.start..<bytes.count, origin: .whole, source: ended.source..<source,
        headEnd: ended.headEnd))
  }

  // MARK: Runs

  private mutating func appendToRun(_ scalar: UInt32, _ source: Range<Int>) {
    if let last = run.last, let syllable = Composition.syllable(last.scalar, scalar) {
      run[run.count - 1].scalar = syllable
      run[run.count - 1].source = last.source.lowerBound..<source.upperBound
    } else {
      run.append(RunCharacter(scalar: scalar, source: source))
    }
  }

  private mutating func compose(_ mark: UInt32, _ source: Range<Int>) {
    if let last = run.last, let whole = Composition.letter(last.scalar, mark) {
      run[run.count - 1].scalar = whole
      run[run.count - 1].source = last.source.lowerBound..<source.upperBound
    } else if let letter = word?.last, let whole = Composition.letter(letter, mark),
      bytes.count - word!.start <= Self.longestToken - 4
    {
      bytes.removeSubrange(word!.lastStart...)
      UTF8Scalar.append(whole, to: &bytes)
      word!.last = whole
    }
  }

  private mutating func endRun() {
    guard !run.isEmpty else { return }
    let ended = run
    for (first, second) in zip(ended, ended.dropFirst()) {
      let source = first.source.lowerBound..<second.source.upperBound
      emit(.pair, source, headEnd: first.source.upperBound) {
        UTF8Scalar.append(first.scalar, to: &$0)
        UTF8Scalar.append(second.scalar, to: &$0)
      }
    }
    let last = ended[ended.count - 1]
    emit(.last, last.source, headEnd: last.source.upperBound) {
      UTF8Scalar.append(last.scalar, to: &$0)
    }
    run.removeAll(keepingCapacity: true)
  }

  private mutating func emit(
    _ origin: Origin, _ source: Range<Int>, headEnd: Int, _ write: (inout [UInt8]) -> Void
  ) {
    if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
    let start = bytes.count
    bytes.append(contentsOf: prefix)
    write(&bytes)
    guard keepsTokens else { return }
    tokens.append(
      Token(folded: start..<bytes.count, origin: origin, source: source, headEnd: headEnd))
  }

  /// The folding of ASCII characters; 0 ends a word.
  private static let ascii: [UInt8] = (0..<128).map { (byte: UInt8) in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 32
    default: 0
    }
  }
}
