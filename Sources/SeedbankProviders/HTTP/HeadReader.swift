/// Assembles the head of a reply from its lines.
///
/// Accepts irregular forms, as web browsers do: line feeds alone end lines, folded lines are joined (RFC
/// 9112, 5.2), and lines without a colon and interim replies (1xx) are ignored.
struct HeadReader {
  private var status = 0
  private var fields: [(name: String, value: String)] = []
  private var isComplete = false
  /// The number of bytes of fields that are still accepted.
  private var room = limit

  /// The maximum number of bytes of fields in one head.
  ///
  /// The rest is ignored.
  static let limit = 256 << 10

  /// Adds one line.
  ///
  /// Returns the head if the line ends it.
  mutating func take(_ line: some Collection<UInt8>) -> ReplyHead? {
    let text = String(decoding: line, as: UTF8.self)
    let content = text.prefix { $0 != "\r\n" && $0 != "\n" && $0 != "\r" }
    // Fields after the body are ignored.
    if isComplete { return nil }
    if content.hasPrefix("HTTP/") || content.hasPrefix("ICY ") {
      status = content.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
      fields = []
      room = Self.limit
      return nil
    }
    if content.allSatisfy({ $0 == " " || $0 == "\t" }) {
      return end()
    }
    room -= line.count
    guard room >= 0 else { return nil }
    if content.first == " " || content.first == "\t" {
      guard let last = fields.indices.last else { return nil }
      if !fields[last].value.isEmpty { fields[last].value += " " }
      fields[last].value += trimmed(content)
    } else if let colon = content.utf8.firstIndex(of: UInt8(ascii: ":")) {
      let value = trimmed(content[content.utf8.index(after: colon)...])
      fields.append((trimmed(content[..<colon]), value))
    }
    return nil
  }

  private mutating func end() -> ReplyHead? {
    guard status >= 200 else { return nil }
    isComplete = true
    return ReplyHead(status: status, headers: ReplyHeaders(fields))
  }

  private func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0 == " " || $0 == "\t" }
    guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return String(start[...end])
  }
}

/// The status and the fields of a reply.
struct ReplyHead: Equatable, Sendable {
  let status: Int
  let headers: ReplyHeaders
}
