/// Words that are in no known hand: kept as they are, under the names that they stood under.
///
/// Only what is called a prompt is taken for one.
enum PlainTextReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    // Profiles in hexadecimal are other blocks, which were read as such.
    let chunks = text.chunks.filter { !$0.key.hasPrefix("Raw profile") && !$0.value.isEmpty }
      .sorted { $0.key < $1.key }
    let words =
      chunks
      + [
        ("user_comment", text.userComment), ("description", text.description),
        ("comment", text.comment), ("hidden", text.stealth), ("software", text.software),
      ].compactMap { name, value in value.map { (key: name, value: $0) } }
    guard let first = words.first else { return nil }
    let asked = words.first {
      ["parameters", "prompt"].contains($0.key.lowercased()) && JSONValue(parsing: $0.value) == nil
    }
    var record = ForeignRecord(tool: "unknown", raw: (asked ?? first).value)
    if let asked {
      let (prompt, negative) = A1111Reader.splitNegative(asked.value[...])
      record.prompt = prompt
      record.set("negative_prompt", .string(negative))
    }
    for (name, value) in words where name != asked?.key && value.utf8.count <= longest {
      record.set(A1111Reader.key(name), .string(value))
    }
    return record
  }

  /// A longer text is no setting that somebody looks for; in bytes.
  private static let longest = 1 << 16
}
