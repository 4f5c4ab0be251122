/// Finds a pattern in a text in which each character may be escaped in its own way.
///
/// Escapes of JSON (`\/`, `\u002B`), JavaScript (`\x2B`), URLs (`%2B`) and HTML (`&#43;`, `&plus;`)
/// are read, also inside one another.
struct SpellingMatcher {
  let text: UnsafeBufferPointer<UInt8>
  /// The maximum depth of nested escapes.
  var depth = 3

  /// The offsets of a match at `start`: the start of each character of the pattern, and the end of
  /// the match.
  ///
  /// The longest match is used; nil if there is none.
  func boundaries(of pattern: KeyPattern, at start: Int) -> [Int]? {
    // All readings of the text are followed in parallel: a percent sign can be itself or the start of an
    // escape.
    var steps: [[Step]] = []
    var current = [Step(position: start, parent: 0)]
    for (index, place) in pattern.places.enumerated() {
      if pattern.allowsSpace, index > 0 { skipSpace(&current) }
      var next: [Step] = []
      for (parent, step) in current.enumerated() {
        readings(at: step.position, depth: depth) { byte, end in
          guard place.accepts(byte), !next.contains(where: { $0.position == end }) else { return }
          next.append(Step(position: end, parent: parent))
        }
      }
      if next.isEmpty { return nil }
      steps.append(current)
      current = next
    }
    guard var step = current.max(by: { $0.position < $1.position }) else { return nil }
    var result = [step.position]
    for earlier in steps.reversed() {
      step = earlier[step.parent]
      result.append(step.position)
    }
    return result.reversed()
  }

  private struct Step {
    let position: Int
    /// The index of the previous step.
    let parent: Int
  }

  /// A line break with its indentation.
  ///
  /// More white space is not searched.
  private static let spaceLimit = 16

  /// Adds the positions after white space.
  private func skipSpace(_ steps: inout [Step]) {
    var index = 0
    while index < steps.count, steps.count < Self.spaceLimit {
      let step = steps[index]
      readings(at: step.position, depth: depth) { byte, end in
        guard [0x20, 0x09, 0x0A, 0x0D].contains(byte) else { return }
        guard !steps.contains(where: { $0.position == end }) else { return }
        steps.append(Step(position: end, parent: step.parent))
      }
      index += 1
    }
  }

  /// Whether an escape can start with a byte.
  static func beginsEscape(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "&")
  }

  /// The possible readings of the text at a position: the byte itself, and the escape that starts with
  /// it.
  func readings(at position: Int, depth: Int, _ visit: (UInt8, Int) -> Void) {
    guard position < text.count else { return }
    let byte = text[position]
    if depth == 0 || !Self.beginsEscape(byte) {
      visit(byte, position + 1)
      return
    }
    readings(at: position, depth: depth - 1) { lead, next in
      visit(lead, next)
      switch lead {
      case UInt8(ascii: "\\"): backslash(next, depth - 1, visit)
      case UInt8(ascii: "%"): hex(next, digits: 2, depth - 1, visit)
      case UInt8(ascii: "&"): entity(next, visit)
      default: break
      }
    }
  }

  /// Reads the character after a backslash.
  ///
  /// As in many parsers, an unknown escape means its letter.
  private func backslash(_ position: Int, _ depth: Int, _ visit: (UInt8, Int) -> Void) {
    readings(at: position, depth: depth) { letter, next in
      switch letter {
      case UInt8(ascii: "u"): hex(next, digits: 4, depth, visit)
      case UInt8(ascii: "x"): hex(next, digits: 2, depth, visit)
      case UInt8(ascii: "n"): visit(0x0A, next)
      case UInt8(ascii: "r"): visit(0x0D, next)
      case UInt8(ascii: "t"): visit(0x09, next)
      case UInt8(ascii: "b"), UInt8(ascii: "f"): break
      default: visit(letter, next)
      }
    }
  }

  /// A number in hexadecimal digits.
  ///
  /// Each digit may be escaped too.
  private func hex(
    _ position: Int, digits: Int, value: UInt32 = 0, _ depth: Int, _ visit: (UInt8, Int) -> Void
  ) {
    if digits == 0 {
      if let byte = UInt8(exactly: value) { visit(byte, position) }
      return
    }
    readings(at: position, depth: depth) { character, next in
      guard let digit = Character(Unicode.Scalar(character)).hexDigitValue else { return }
      hex(next, digits: digits - 1, value: value << 4 | UInt32(digit), depth, visit)
    }
  }

  private func entity(_ position: Int, _ visit: (UInt8, Int) -> Void) {
    let rest = text[position..<min(position + CharacterReference.limit, text.count)]
    guard let (byte, length) = CharacterReference.read(rest) else { return }
    visit(byte, position + length)
  }
}
