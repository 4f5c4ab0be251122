/// Finds the key in bytes, in every form and spelling.
struct KeyFinder {
  /// A shorter key would be found in innocent text, and is not looked for.
  static let shortestKey = 8
  /// After so many nested escapes nesting is not looked through any more: it costs time, and no honest
  /// reply has as many.
  private static let nestingLimit = 20_000

  let patterns: [KeyPattern]
  /// For each byte, the patterns that it can begin; nil for most.
  private let beginnings: [[Int]?]
  /// For each byte, whether it can begin a pattern or an escape.
  private let mayBegin: [Bool]

  /// - Parameter patterns: The forms of the key; none are looked for if the key is too short.
  init(_ key: [UInt8], _ patterns: ([UInt8]) -> [KeyPattern]) {
    let patterns = key.count < Self.shortestKey ? [] : patterns(key)
    self.patterns = patterns
    beginnings = (0...255).map { value in
      let begun = patterns.indices.filter { patterns[$0].places[0].accepts(UInt8(value)) }
      return begun.isEmpty ? nil : begun
    }
    mayBegin = beginnings.enumerated().map { byte, begun in
      begun != nil || SpellingMatcher.beginsEscape(UInt8(byte))
    }
  }

  struct Match {
    /// Its number among the patterns.
    let pattern: Int
    /// See ``SpellingMatcher/boundaries(of:at:)``.
    let boundaries: [Int]

    var range: Range<Int> { (boundaries.first ?? 0)..<(boundaries.last ?? 0) }
  }

  /// All places at which the key stands, in order and without overlap.
  ///
  /// - Parameter images: Ranges, in order, that hold the base64 of an image. In them only the first
  ///   form is looked for, the key itself: what looks like another is a part of the image.
  func matches(in bytes: [UInt8], images: [Range<Int>] = []) -> [Match] {
    if patterns.isEmpty { return [] }
    return bytes.withUnsafeBufferPointer { text in
      var matcher = SpellingMatcher(text: text)
      var nested = 0
      var matches: [Match] = []
      var images = images[...]
      var position = 0
      // The second half of an escaped backslash begins no escape.
      var isEscaped = false
      while position < text.count {
        guard mayBegin[Int(text[position])] else {
          isEscaped = false
          position += 1
          continue
        }
        if nested > Self.nestingLimit { matcher.depth = 1 }
        while let image = images.first, image.upperBound <= position { images.removeFirst() }
        let isImage = images.first?.contains(position) ?? false
        let forms = candidates(at: position, isEscaped: isEscaped, matcher, &nested)
        if let match = longest(
          of: isImage ? forms.filter { $0 == 0 } : forms, at: position, matcher)
        {
          matches.append(match)
          position = match.range.upperBound
          isEscaped = false
        } else {
          isEscaped = text[position] == UInt8(ascii: "\\") && !isEscaped
          position += 1
        }
      }
      return matches
    }
  }

  private func longest(of forms: [Int], at position: Int, _ matcher: SpellingMatcher) -> Match? {
    forms.compactMap { index in
      matcher.boundaries(of: patterns[index], at: position).map {
        Match(pattern: index, boundaries: $0)
      }
    }.max { $0.range.upperBound < $1.range.upperBound }
  }

  /// The patterns that may begin here: nearly always none, and that must be quick, since replies have
  /// megabytes of base64.
  ///
  /// - Parameter nested: Counts the escapes that stand for the beginning of another.
  private func candidates(
    at position: Int, isEscaped: Bool, _ matcher: SpellingMatcher, _ nested: inout Int
  ) -> [Int] {
    let text = matcher.text
    let byte = text[position]
    if SpellingMatcher.beginsEscape(byte) {
      if isEscaped, byte == UInt8(ascii: "\\") { return [] }
      var found: [Int] = []
      matcher.readings(at: position, depth: matcher.depth) { byte, end in
        if end > position + 1, SpellingMatcher.beginsEscape(byte) { nested += 1 }
        for index in beginnings[Int(byte)] ?? [] where !found.contains(index) {
          found.append(index)
        }
      }
      return found
    }
    guard let begun = beginnings[Int(byte)], position + 1 < text.count else { return [] }
    let next = text[position + 1]
    if next <= 0x20 || SpellingMatcher.beginsEscape(next) { return begun }
    // Nearly always none: no array is made then.
    guard begun.contains(where: { patterns[$0].places[1].accepts(next) }) else { return [] }
    return begun.filter { patterns[$0].places[1].accepts(next) }
  }
}
