/// Puts a reply's head together from its lines.
///
/// Tolerant, as clients on the web are: line feeds alone end lines, folded lines are joined (RFC 9112,
/// 5.2), lines without a colon are passed over, and so are interim replies (1xx).
struct HeadReader {
  private var status = 0
  private var fields: [(name: String, value: String)] = []
  private var isComplete = false
  /// Bytes of fields that are still taken.
  private var room = limit

  /// The most bytes of fields that are taken of one head; what comes behind is passed over.
  static let limit = 256 << 10

  /// Takes one line; returns the head when the line ends it.
  mutating func take(_ line: some Collection<UInt8>) -> ReplyHead? {
    let text = String(decoding: line, as: UTF8.self)
    let content = text.prefix { $0 != "\r\n" && $0 != "\n" && $0 != "\r" }
    // Fields after the body are of no use here.
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
    } else if let colon = content.firstIndex(of: ":") {
      let value = trimmed(content[content.index(after: colon)...])
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
