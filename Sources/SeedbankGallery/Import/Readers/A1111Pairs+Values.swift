extension A1111Pairs {
  /// Takes the value at the start of a text.
  ///
  /// - Parameter unclosed: the number of values without an end so far.
  static func takeValue(_ rest: inout Substring, _ unclosed: inout Int) -> String {
    switch rest.first {
    case "\"" where unclosed < mostTries:
      if let (value, end) = quoted(rest) {
        if isWhole(rest, upTo: end) {
          rest = rest[end...]
          return value
        }
      } else {
        unclosed += 1
      }
    case "[" where unclosed < mostTries, "{" where unclosed < mostTries:
      if let end = endOfBrackets(rest) {
        if isWhole(rest, upTo: end) {
          let value = rest[..<end]
          rest = rest[end...]
          return String(value)
        }
      } else {
        unclosed += 1
      }
    default: break
    }
    let end = rest.firstIndex { $0 == "," || $0.isNewline } ?? rest.endIndex
    defer { rest = rest[end...] }
    return rest[..<end].trimmingWhitespace
  }

  /// Whether a value ends with its quotation mark or bracket, unlike `[Forge] Flux Realistic`.
  ///
  /// Programs write quotation marks around a value with a comma, a colon or a line feed. So other
  /// text after such a value, and a name after it, are not a part of it.
  private static func isWhole(_ text: Substring, upTo end: String.Index) -> Bool {
    func isSeparator(_ character: Character) -> Bool {
      character == "," || character == ":" || character.isNewline
    }
    let tail = text[end...].prefix { !isSeparator($0) }
    return text[..<end].contains(where: isSeparator) || tail.allSatisfy(\.isWhitespace)
      || text[tail.endIndex...].first == ":"
  }

  /// A quoted value without its quotes and escapes, and its end.
  ///
  /// Nil if the quotation mark is not closed.
  private static func quoted(_ text: Substring) -> (value: String, end: String.Index)? {
    var escaped = false
    for index in text.indices.dropFirst() {
      switch text[index] {
      case _ where escaped: escaped = false
      case "\\": escaped = true
      case "\"":
        let end = text.index(after: index)
        let json = JSONValue(parsing: String(text[..<end]))?.string
        return (json ?? String(text[..<index].dropFirst()), end)
      default: break
      }
    }
    return nil
  }

  private static func endOfBrackets(_ text: Substring) -> String.Index? {
    var depth = 0
    var insideString = false
    var escaped = false
    for index in text.indices {
      switch text[index] {
      case _ where escaped: escaped = false
      case "\\" where insideString: escaped = true
      case "\"": insideString.toggle()
      case "[" where !insideString, "{" where !insideString: depth += 1
      case "]" where !insideString, "}" where !insideString:
        depth -= 1
        if depth == 0 { return text.index(after: index) }
      default: break
      }
    }
    return nil
  }
}
