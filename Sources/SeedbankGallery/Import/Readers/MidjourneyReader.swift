/// Midjourney: the prompt with its options and `Job ID: …` as the description.
enum MidjourneyReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    text.parameterTexts.lazy.compactMap(read).first
  }

  private static func read(_ raw: String) -> ForeignRecord? {
    guard raw.mentions("Job ID: "), let mark = raw.firstRange(of: "Job ID: ") else { return nil }
    let job = raw[mark.upperBound...].prefix { $0.isHexDigit || $0 == "-" }
    guard job.utf8.count == 36 else { return nil }
    var record = ForeignRecord(tool: "midjourney", raw: raw)
    record.set("job_id", .string(String(job)))
    let words = raw[..<mark.lowerBound].trimmingWhitespace
    let options = optionStarts(words)
    record.prompt = words[..<(options.first ?? words.endIndex)].trimmingWhitespace
    for (index, start) in options.enumerated() {
      let end = index + 1 < options.count ? options[index + 1] : words.endIndex
      take(words[start..<end].drop { $0 == "-" || $0.isWhitespace }, into: &record)
    }
    return record
  }

  /// The position of the ` --` of an option.
  private static func optionStarts(_ words: String) -> [String.Index] {
    var starts: [String.Index] = []
    var rest = words[...]
    while let range = rest.firstRange(of: "--") {
      rest = rest[range.upperBound...]
      let isFirst = range.lowerBound == words.startIndex
      let before = isFirst ? " " : words[words.index(before: range.lowerBound)]
      if before.isWhitespace, rest.first?.isLetter == true { starts.append(range.lowerBound) }
    }
    return starts
  }

  private static func take(_ option: Substring, into record: inout ForeignRecord) {
    let name = String(option.prefix { !$0.isWhitespace }).lowercased()
    let value = option.dropFirst(name.count).trimmingWhitespace
    switch name {
    case "no": record.set("negative_prompt", .string(value))
    case "seed": record.setSeed(.string(value))
    case "ar", "aspect": record.set("aspect_ratio", .string(value))
    default: record.set(A1111Reader.key(name), value.isEmpty ? .bool(true) : .string(value))
    }
  }
}
