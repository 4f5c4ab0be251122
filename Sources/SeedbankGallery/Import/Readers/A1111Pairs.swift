/// The `Name: value` pairs of A1111's text.
enum A1111Pairs {
  /// The start of the pairs, and whether it is within a line, as in texts whose line feeds were removed.
  static func start(in text: String) -> (index: String.Index, isInline: Bool)? {
    var strong: String.Index?
    var weak: String.Index?
    var lineStart = text.startIndex
    while true {
      let line = text[lineStart...]
      let end = line.firstNewline
      let content = line[..<(end ?? line.endIndex)]
      switch strength(content) {
      case .strong: strong = lineStart
      case .weak: weak = lineStart
      case .none: break
      }
      // A template may contain lines of the same form.
      if strong != nil, templateMark(content) != nil { break }
      guard let end else { break }
      lineStart = text.index(after: end)
    }
    if let line = strong ?? weak { return (line, false) }
    return inlineStart(in: text).map { ($0, true) }
  }

  /// The maximum number of marks.
  ///
  /// Hostile texts contain many.
  static let mostTries = 32

  private enum Strength { case none, weak, strong }

  /// How likely a line contains pairs: by its first name and the number of known names.
  private static func strength(_ line: Substring) -> Strength {
    guard let colon = line.firstColon, line[..<colon].utf8.count <= 40 else {
      return .none
    }
    let first = ForeignRecord.folded(String(line[..<colon]))
    guard known.contains(first) else { return .none }
    let count = Set(all(line).map { ForeignRecord.folded($0.name) }).intersection(known).count
    guard first == "steps" else { return count >= 4 ? .strong : .none }
    if count >= 2 { return .strong }
    let value = line[colon...].dropFirst().drop { $0 == " " }
    return value.first?.isNumber == true ? .weak : .none
  }

  /// The first `Steps:` within a line that is followed by a number and other known names.
  private static func inlineStart(in text: String) -> String.Index? {
    guard text.mentions("teps:") else { return nil }
    var rest = text[...]
    var tries = 0
    while tries < mostTries, let mark = rest.firstRange(of: "teps:") {
      tries += 1
      rest = rest[mark.upperBound...]
      guard mark.lowerBound > text.startIndex else { continue }
      let start = text.index(before: mark.lowerBound)
      guard text[start] == "S" || text[start] == "s" else { continue }
      let pairs = all(text[start...].prefix(2_000))
      let value = pairs.first?.value ?? ""
      let names = Set(pairs.map { ForeignRecord.folded($0.name) })
      if Int(value) != nil || value.lowercased() == "unknown", names.intersection(known).count >= 3
      {
        return start
      }
    }
    return nil
  }

  /// The pairs of a text that only the Extras tab wrote; nil for another text.
  static func extras(_ text: String) -> [(name: String, value: String)]? {
    let line = text.trimmingWhitespace
    guard line.utf8.count < 10_000, !line.contains(where: \.isNewline) else { return nil }
    let folded = ForeignRecord.folded(String(line.prefix { $0 != ":" }))
    let isOlder = olderExtras.contains(folded)
    guard folded.hasPrefix("postprocess") || isOlder else { return nil }
    let pairs = all(line[...])
    let names = pairs.map { ForeignRecord.folded($0.name) }
    if isOlder, pairs.count < 2 || !names.allSatisfy(olderExtras.contains) { return nil }
    return pairs
  }

  private static let olderExtras: Set = [
    "upscale", "visibility", "model", "resize", "gfpganvisibility", "codeformervisibility",
    "codeformerweight", "upscaler",
  ]

  private static let known = ForeignRecord.parameterNames
    .subtracting([
      "prompt", "positiveprompt", "negativeprompt", "negative", "guidance", "checkpoint",
    ])
    .union([
      "vae", "vaehash", "denoisingstrength", "clipskip", "version", "hiresupscale", "hiressteps",
      "hiresupscaler", "eta", "ensd", "variationseed", "lorahashes", "batchsize", "parser", "app",
      "operations", "backend", "facerestoration", "distilledcfgscale", "civitairesources",
    ])

  /// The pairs, and the lines `Template:` and `Negative Template:` after them.
  static func splitTemplates(
    _ tail: Substring
  ) -> (pairs: Substring, templates: [(name: String, value: String)]) {
    var pairsEnd: String.Index?
    var templates: [(name: String, value: String)] = []
    var lineStart = tail.startIndex
    while true {
      let line = tail[lineStart...]
      let end = line.firstNewline
      let content = line[..<(end ?? line.endIndex)]
      if let mark = templateMark(content) {
        pairsEnd = pairsEnd ?? lineStart
        templates.append((mark, content.dropFirst(mark.count + 1).trimmingWhitespace))
      } else if let last = templates.indices.last {
        templates[last].value += "\n" + content
      }
      guard let end else { break }
      lineStart = tail.index(after: end)
    }
    return (
      tail[..<(pairsEnd ?? tail.endIndex)],
      templates.map { ($0.name, $0.value.trimmingWhitespace) }
    )
  }

  private static func templateMark(_ line: Substring) -> String? {
    ["Template", "Negative Template"].first {
      line.prefix($0.count + 1).lowercased() == $0.lowercased() + ":"
    }
  }

  /// `Name: value` pairs, separated by commas.
  ///
  /// A value may be quoted, or a JSON list or object.
  static func all(_ line: Substring) -> [(name: String, value: String)] {
    var found: [(name: String, value: String)] = []
    var rest = line
    // Each one searches the rest of the text for its end.
    var unclosed = 0
    while let colon = rest.firstColon {
      var name = rest[..<colon]
      // Values with commas should be quoted, but older programs did not quote them. The text before the
      // last comma belongs to the previous value.
      if let comma = name.lastIndex(where: { $0 == "," || $0.isNewline }) {
        append(name[..<comma], to: &found)
        name = name[comma...].dropFirst()
      }
      guard isName(name) else {
        let next = rest[colon...].dropFirst()
        let end = next.firstIndex { $0 == "," || $0.isNewline } ?? next.endIndex
        append(rest[name.startIndex..<end], to: &found)
        rest = rest[end...].drop { $0 == "," || $0.isWhitespace }
        continue
      }
      rest = rest[colon...].dropFirst().drop { $0 == " " }
      let value = takeValue(&rest, &unclosed)
      found.append((name.trimmingWhitespace, value))
      rest = rest.drop { $0 == "," || $0.isWhitespace }
    }
    append(rest, to: &found)
    return found
  }

  /// Adds text without a name to the last value.
  private static func append(_ text: Substring, to found: inout [(name: String, value: String)]) {
    guard let last = found.indices.last else { return }
    let words = text.trimmingWhitespace
    if !words.isEmpty { found[last].value += ", " + words }
  }

  /// Letters, digits, spaces and a few other characters, which occur in names of A1111's text.
  private static func isName(_ text: Substring) -> Bool {
    let isName = text.withASCII { bytes in
      let name = bytes.drop(while: \.isASCIIWhitespace)
      guard let first = name.first, first.isASCIILetter || first.isASCIIDigit, name.count <= 60
      else { return false }
      return name.allSatisfy { byte in
        byte.isASCIILetter || byte.isASCIIDigit || " _-/.+()".utf8.contains(byte)
      }
    }
    if let isName { return isName }
    let name = text.drop(while: \.isWhitespace)
    guard let first = name.first, first.isLetter || first.isNumber, name.utf8.count <= 60 else {
      return false
    }
    return name.allSatisfy {
      $0.isLetter || $0.isNumber || $0 == " " || "_-/.+()".contains($0)
    }
  }
}
