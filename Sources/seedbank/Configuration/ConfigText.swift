import SeedbankModel

/// The text of a config file, edited line by line so that comments and order stay.
///
/// It supports the block style: keys in the first column, and nested keys indented below. The caller
/// checks the result with the YAML parser.
///
/// Text is read by Unicode scalars: a `Character` can be a line end of two bytes, or a quotation mark with an accent.
struct ConfigText: Equatable {
  /// Without the line feed; a carriage return before it stays, so that unchanged lines keep their bytes.
  private var lines: [String]
  /// The end of new lines, before the line feed.
  private let lineEnd: String
  /// The byte order mark, or nothing.
  private let mark: String

  init(_ text: String) {
    let hasMark = text.unicodeScalars.first == "\u{FEFF}"
    var lines = text.unicodeScalars.dropFirst(hasMark ? 1 : 0)
      .split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    if lines.last?.isEmpty == true { lines.removeLast() }
    self.lines = lines
    lineEnd = lines.first.map { Self.carriageReturn(of: $0) } ?? ""
    mark = hasMark ? "\u{FEFF}" : ""
  }

  var text: String { lines.isEmpty ? "" : mark + lines.joined(separator: "\n") + "\n" }

  /// Sets a key to a value, which is quoted if necessary.
  mutating func set(_ path: [String], to value: String) {
    guard let name = path.last else { return }
    let line = "\(Self.scalar(name)): \(Self.scalar(value))"
    var parents = path.dropLast()
    var range = lines.indices
    var indentation = 0
    while let parent = parents.first,
      let header = find(parent, in: range, indentation: indentation)
    {
      range = block(below: header)
      indentation = self.indentation(of: range) ?? indentation + 2
      parents.removeFirst()
    }
    guard !parents.isEmpty else { return setLine(name, in: range, line, indentation) }
    var added: [String] = []
    for key in parents.map({ "\(Self.scalar($0)):" }) + [line] {
      added.append(String(repeating: " ", count: indentation) + key)
      indentation += 2
    }
    lines.insert(contentsOf: added.map { $0 + lineEnd }, at: end(of: range))
  }

  /// Removes a key and its value.
  ///
  /// An empty parent is removed too.
  mutating func unset(_ path: [String]) {
    guard let name = path.last else { return }
    var range = lines.indices
    var headers: [Int] = []
    for parent in path.dropLast() {
      guard let header = find(parent, in: range, indentation: indentation(of: range)) else {
        return
      }
      headers.append(header)
      range = block(below: header)
    }
    guard let line = find(name, in: range, indentation: indentation(of: range)) else { return }
    lines.removeSubrange(line..<block(below: line).upperBound)
    for header in headers.reversed() {
      guard !block(below: header).contains(where: { Self.isContent(lines[$0]) }) else { return }
      lines.removeSubrange(header..<block(below: header).upperBound)
    }
  }

  /// How far the keys of a block are indented; nil if it has none.
  private func indentation(of range: Range<Int>) -> Int? {
    range.first { Self.isContent(lines[$0]) }.map { Self.indentation(lines[$0]) }
  }

  /// Where a new line of a block goes: behind its last key, and at the end of the file.
  private func end(of range: Range<Int>) -> Int {
    if range == lines.indices { return lines.endIndex }
    return (range.last { Self.isContent(lines[$0]) } ?? range.lowerBound - 1) + 1
  }

  private mutating func setLine(
    _ name: String, in range: Range<Int>, _ line: String, _ indentation: Int
  ) {
    let margin = String(repeating: " ", count: indentation)
    if let old = find(name, in: range, indentation: indentation) {
      let rest = Self.comment(of: lines[old]) + Self.carriageReturn(of: lines[old])
      lines.replaceSubrange(old..<block(below: old).upperBound, with: [margin + line + rest])
    } else {
      lines.insert(margin + line + lineEnd, at: end(of: range))
    }
  }

  /// The line of a key; nil for any indentation.
  private func find(_ name: String, in range: Range<Int>, indentation: Int?) -> Int? {
    range.first { index in
      let line = lines[index]
      guard Self.isContent(line), indentation.map({ $0 == Self.indentation(line) }) ?? true else {
        return false
      }
      return Self.key(of: line) == name
    }
  }

  /// The key of a line.
  ///
  /// A colon ends it only before white space or the end of the line.
  private static func key(of line: String) -> String {
    let text = line.unicodeScalars.drop { $0 == " " }
    if let quote = text.first, quote == "\"" || quote == "'" {
      return String(text.dropFirst().prefix { $0 != quote })
    }
    let end = text.indices.first { index in
      let next = text.index(after: index)
      return text[index] == ":" && (next == text.endIndex || text[next].properties.isWhitespace)
    }
    let key = text[..<(end ?? text.endIndex)]
    let last = key.lastIndex { !$0.properties.isWhitespace }
    return String(last.map { key[...$0] } ?? key)
  }

  /// The lines of the key in `header`: those with more indentation or the items of its list, and the
  /// comments and empty lines between them.
  private func block(below header: Int) -> Range<Int> {
    let depth = Self.indentation(lines[header])
    var end = header + 1
    for index in lines.indices.dropFirst(header + 1) where Self.isContent(lines[index]) {
      let indentation = Self.indentation(lines[index])
      // The items of a list can begin in the column of its key.
      let isItem = indentation == depth && Self.isItem(lines[index])
      guard indentation > depth || isItem else { break }
      end = index + 1
    }
    return header + 1..<end
  }

  private static func isContent(_ line: String) -> Bool {
    let first = line.unicodeScalars.first { !$0.properties.isWhitespace }
    return first != nil && first != "#"
  }

  /// Whether the line begins an item of a list.
  private static func isItem(_ line: String) -> Bool {
    let text = line.unicodeScalars.drop { $0 == " " }
    return text.first == "-" && text.dropFirst().first?.properties.isWhitespace ?? true
  }

  private static func indentation(_ line: String) -> Int {
    line.unicodeScalars.prefix { $0 == " " }.count
  }

  /// The carriage return at the end of a line, or nothing.
  private static func carriageReturn(of line: String) -> String {
    line.unicodeScalars.last == "\r" ? "\r" : ""
  }

  /// The comment after a value, with the space before it.
  private static func comment(of line: String) -> String {
    let text = line.unicodeScalars.dropLast(carriageReturn(of: line).unicodeScalars.count)
    var quote: Unicode.Scalar?
    var previous: Unicode.Scalar = " "
    for index in text.indices {
      let scalar = text[index]
      if let open = quote {
        if scalar == open, previous != "\\" { quote = nil }
      } else if scalar == "\"" || scalar == "'" {
        quote = scalar
      } else if scalar == "#", previous == " " {
        let start = text[..<index].lastIndex { $0 != " " }.map(text.index(after:)) ?? index
        return String(text[start...])
      }
      previous = scalar
    }
    return ""
  }

  /// A value in YAML: plain if it is not ambiguous.
  static func scalar(_ value: String) -> String {
    let isPlain =
      value.first.map { $0.isASCII && ($0.isLetter || $0.isNumber || "./~".contains($0)) } == true
      && value.last != ":" && value.last != " " && !value.contains(": ") && !value.contains(" #")
      && value != "~" && !["null", "yes", "no", "on", "off", "y", "n"].contains(value.lowercased())
      && value.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F }
    return isPlain ? value : JSONWriter.string(value)
  }
}
