/// Finds the key in bytes, in every form and spelling.
struct KeySearch {
  /// A shorter key is not searched for, because ordinary text would match.
  static let shortestKey = 8
  /// After this number of nested escapes, nested ones are not searched any more.
  ///
  /// This would take time, and normal replies have fewer.
  private static let nestingLimit = 20_000

  let patterns: [KeyPattern]
  /// For each byte, the patterns that can start with it; nil for most.
  private let beginnings: [[Int]?]
  /// For each byte, whether a pattern or an escape can start with it.
  private let mayBegin: [Bool]

  /// - Parameter patterns: The forms of the key. If the key is too short, none is searched for.
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

  /// All positions of the key, in order and without overlap.
  ///
  /// - Parameter images: Ranges, in order, that hold the base64 of an image. In them, only the first
  ///   form, the key itself, is searched for. Other matches are parts of the image.
  func matches(in bytes: [UInt8], images: [Range<Int>] = []) -> [Match] {
    if patterns.isEmpty { return [] }
    return bytes.withUnsafeBufferPointer { text in
      var matcher = SpellingMatcher(text: text)
      var nested = 0
      var matches: [Match] = []
      var images = images[...]
      var position = 0
      // The second backslash of an escaped backslash does not start an escape.
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

  /// The patterns that may start here.
  ///
  /// There is nearly always none. This must be fast, because replies contain megabytes of base64.
  ///
  /// - Parameter nested: Counts the escapes that are the start of another escape.
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
    // Nearly always none. Then no array is allocated.
    guard begun.contains(where: { patterns[$0].places[1].accepts(next) }) else { return [] }
    return begun.filter { patterns[$0].places[1].accepts(next) }
  }
}
