import SeedbankModel

/// The text of a config file, edited line by line so that comments and order stay.
///
/// It supports the block style: keys in the first column, and nested keys indented below. The caller
/// checks the result with the YAML parser.
struct ConfigText: Equatable {
  private(set) var lines: [String]

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
  }

  var text: String { lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n" }

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
    lines.insert(contentsOf: added, at: end(of: range))
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
      let comment = Self.comment(of: lines[old])
      lines.replaceSubrange(old..<block(below: old).upperBound, with: [margin + line + comment])
    } else {
      lines.insert(margin + line, at: end(of: range))
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
  /// A colon ends it only before a space or the end of the line.
  private static func key(of line: String) -> Substring {
    let text = line.drop { $0 == " " }
    if let quote = text.first, quote == "\"" || quote == "'" {
      return text.dropFirst().prefix { $0 != quote }
    }
    let end = text.indices.first { index in
      let next = text.index(after: index)
      return text[index] == ":" && (next == text.endIndex || text[next] == " ")
    }
    let key = text[..<(end ?? text.endIndex)]
    return key.lastIndex { $0 != " " }.map { key[...$0] } ?? key
  }

  /// The lines of the key in `header`: those with more indentation, and the comments and empty lines
  /// between them.
  private func block(below header: Int) -> Range<Int> {
    let depth = Self.indentation(lines[header])
    var end = header + 1
    for index in lines.indices.dropFirst(header + 1) where Self.isContent(lines[index]) {
      guard Self.indentation(lines[index]) > depth else { break }
      end = index + 1
    }
    return header + 1..<end
  }

  private static func isContent(_ line: String) -> Bool {
    guard let first = line.first(where: { !$0.isWhitespace }) else { return false }
    return first != "#"
  }

  private static func indentation(_ line: String) -> Int { line.prefix { $0 == " " }.count }

  /// The comment after a value, with the space before it.
  private static func comment(of line: String) -> String {
    var quote: Character?
    var previous: Character = " "
    for index in line.indices {
      let character = line[index]
      if let open = quote {
        if character == open, previous != "\\" { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "#", previous == " " {
        let start = line[..<index].lastIndex { $0 != " " }.map(line.index(after:)) ?? index
        return String(line[start...])
      }
      previous = character
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
