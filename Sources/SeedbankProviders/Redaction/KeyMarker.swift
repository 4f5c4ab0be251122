/// Replaces the key in a recorded link or job id.
///
/// For a download or a poll, the key is put back.
///
/// A marker says how each character of the key was written, but not which character it was. Its tag is
/// valid only for this key and this destination. A marker from another source, or from a link to another
/// host, stays plain text. So the key is sent only to the host whose link contained it.
struct KeyMarker {
  private let tag: String
  private let finder: KeySearch

  /// The destination of job ids, which are sent to the gateway only.
  static let job = "job"

  private static let opening = "{seedbank-key:"

  /// - Parameters:
  ///   - finder: Finds the forms of the key that can be restored.
  ///   - destination: The origin of a link, or ``job``.
  init(_ key: [UInt8], _ finder: KeySearch, for destination: String) {
    self.finder = finder
    // The constants separate this use from others. The tag has only 40 bits: enough against forgery, but
    // not enough to search for a key.
    let hash = SipHash.hash(
      key + [0] + Array(destination.utf8), key: (0x7365_6564_6261_6E6B, 0x6B65_792D_6D61_726B))
    let digits = String(hash >> 24, radix: 16)
    tag = String(repeating: "0", count: 10 - digits.count) + digits
  }

  // MARK: Writing

  /// The text with markers for the key, from `start` on; nil if it does not contain the key, or in a form
  /// that cannot be restored.
  func marking(_ text: String, from start: Int) -> String? {
    let bytes = Array(text.utf8.dropFirst(start))
    let matches = finder.matches(in: bytes)
    if matches.isEmpty { return nil }
    var marked = Array(text.utf8.prefix(start))
    var position = 0
    for match in matches {
      guard let spelling = spelling(match, in: bytes) else { return nil }
      marked += bytes[position..<match.range.lowerBound]
      marked += Array("\(Self.opening)\(tag):\(match.pattern)\(spelling)}".utf8)
      position = match.range.upperBound
    }
    marked += bytes[position...]
    let result = String(decoding: marked, as: UTF8.self)
    return restoring(result) == text ? result : nil
  }

  /// A letter for each character, with the number of repetitions.
  private func spelling(_ match: KeySearch.Match, in bytes: [UInt8]) -> String? {
    var runs: [(letter: Character, count: Int)] = []
    for (index, place) in finder.patterns[match.pattern].places.enumerated() {
      let range = match.boundaries[index]..<match.boundaries[index + 1]
      guard let letter = Spelling.letter(of: bytes[range], for: place) else { return nil }
      if runs.last?.letter == letter {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((letter, 1))
      }
    }
    return runs.map { $0.count > 1 ? "\($0.letter)\($0.count)" : "\($0.letter)" }.joined()
  }

  /// The text with existing markers made invalid, because Seedbank did not write them.
  static func neutralizing(_ text: String) -> String {
    text.replacing(opening, with: "%7B" + opening.dropFirst())
  }

  // MARK: Reading

  /// The text with valid markers replaced by the key.
  func restoring(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let opening = rest.firstRange(of: Self.opening) {
      result += rest[..<opening.lowerBound]
      rest = rest[opening.lowerBound...]
      if let end = rest.firstIndex(of: "}"), let key = key(rest[opening.upperBound..<end]) {
        result += key
        rest = rest[rest.index(after: end)...]
      } else {
        result += Self.opening
        rest = rest[opening.upperBound...]
      }
    }
    return result + rest
  }

  /// The text that a marker replaces.
  ///
  /// `content` is the part between its colon and its closing brace.
  private func key(_ content: Substring) -> String? {
    guard content.hasPrefix(tag + ":"), content.utf8.count <= 65_536 else { return nil }
    var spelling = content.dropFirst(tag.count + 1)
    guard let index = spelling.popFirst()?.wholeNumberValue, finder.patterns.indices.contains(index)
    else {
      return nil
    }
    var places = finder.patterns[index].places[...]
    var key: [UInt8] = []
    while let letter = spelling.popFirst() {
      let digits = spelling.prefix { $0.isASCII && $0.isNumber }
      spelling = spelling.dropFirst(digits.count)
      guard let count = digits.isEmpty ? 1 : Int(digits), count <= places.count else { return nil }
      for place in places.prefix(count) {
        guard let bytes = Spelling.bytes(of: place, for: letter) else { return nil }
        key += bytes
      }
      places = places.dropFirst(count)
    }
    return places.isEmpty ? String(decoding: key, as: UTF8.self) : nil
  }
}

/// How one character can be written in a link: plain, percent-encoded, or percent-encoded twice.
private enum Spelling {
  private static let encodings: [(prefix: String, first: UInt8, second: UInt8)?] =
    [nil]
    + ["%", "%25"].flatMap { prefix in
      [(0, 0), (0, 0x20), (0x20, 0), (0x20, 0x20)].map { (prefix, UInt8($0.0), UInt8($0.1)) }
    }

  /// The letter for these bytes in a marker; nil if they are written in another way.
  static func letter(of bytes: ArraySlice<UInt8>, for place: KeyPattern.Place) -> Character? {
    letters.first { self.bytes(of: place, for: $0).map { $0.elementsEqual(bytes) } ?? false }
  }

  static func bytes(of place: KeyPattern.Place, for letter: Character) -> [UInt8]? {
    guard let index = letters.firstIndex(of: letter) else { return nil }
    let byte = index % 2 == 0 ? place.byte : place.other
    guard let (prefix, first, second) = encodings[index / 2] else { return [byte] }
    return Array(prefix.utf8) + [digit(byte >> 4, first), digit(byte & 15, second)]
  }

  private static let letters = Array("abcdefghijklmnopqr")

  /// A hexadecimal digit: upper case, or lower with 0x20.
  private static func digit(_ value: UInt8, _ lower: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : (UInt8(ascii: "A") + value - 10) | lower
  }
}
