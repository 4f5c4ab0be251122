/// Texts of unknown tools.
///
/// They are kept unchanged, with their names.
///
/// Only a text named "prompt" is used as the prompt, and only values with common names are used beside
/// it.
enum PlainTextReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    let chunks = text.chunks.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
    let comments = text.furtherComments.enumerated().map { ("comment_\($0 + 2)", $1) }
    let words =
      chunks
      + [
        ("user_comment", text.userComment), ("description", text.description),
        ("comment", text.comment),
      ].compactMap { name, value in value.map { (key: name, value: $0) } }
      + comments.map { (key: $0.0, value: $0.1) }
      + text.windowsTexts.map { (key: "windows_text", value: $0) }
      + [("hidden", text.stealth), ("software", text.software)]
      .compactMap { name, value in value.map { (key: name, value: $0) } }
    guard let first = words.first else { return nil }
    let asked = words.first { isPrompt($0.key) && JSONValue(parsing: $0.value) == nil }
    var record = ForeignRecord(tool: "unknown", raw: (asked ?? first).value)
    if let asked, asked.value != "None" {
      let (prompt, negative) = A1111Reader.splitNegative(asked.value[...])
      record.prompt = prompt
      record.setNegativePrompt(negative)
    }
    var rest: [String: JSONValue] = [:]
    for (name, value) in words where name != asked?.key && value.utf8.count <= longest {
      rest[name] = rest[name] ?? .string(value)
    }
    guard asked == nil else {
      record.take(rest)
      return record
    }
    for (name, value) in rest.sorted(by: { $0.key < $1.key }) {
      record.set(A1111Reader.key(name), value)
    }
    return record
  }

  private static func isPrompt(_ name: String) -> Bool {
    ["parameters", "prompt"].contains(name.lowercased())
  }

  /// The longest setting, in bytes.
  private static let longest = 1 << 16
}
