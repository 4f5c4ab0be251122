/// The text of AUTOMATIC1111's web UI, Forge, and all who write the same: the prompt, a line
/// `Negative prompt: …`, and a last line of `Name: value` pairs that begins with `Steps`.
enum A1111Reader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    guard let raw = text.parameters, let pairsStart = startOfPairs(raw) else { return nil }
    var record = ForeignRecord(tool: "a1111", raw: raw)
    let words = raw[..<pairsStart]
    let (prompt, negative) = splitNegative(words)
    record.prompt = prompt
    record.set("negative_prompt", .string(negative))
    for (name, value) in pairs(raw[pairsStart...]) { take(name, value, into: &record) }
    record.setLoRAs(inPrompt: prompt)
    return record
  }

  /// Where the line of pairs begins: the last line that starts with `Steps: ` and a digit.
  private static func startOfPairs(_ text: String) -> String.Index? {
    var found: String.Index?
    var lineStart = text.startIndex
    while true {
      let line = text[lineStart...]
      if line.hasPrefix("Steps: "), line.dropFirst(7).first?.isNumber == true { found = lineStart }
      guard let end = line.firstIndex(where: \.isNewline) else { return found }
      lineStart = text.index(after: end)
    }
  }

  /// The words before and after the line that begins with `Negative prompt:`.
  static func splitNegative(_ words: Substring) -> (prompt: String, negative: String) {
    let mark = "Negative prompt:"
    var start = words.startIndex
    while true {
      let line = words[start...]
      if line.hasPrefix(mark) {
        return (
          words[..<start].trimmingWhitespace, line.dropFirst(mark.count).trimmingWhitespace
        )
      }
      guard let end = line.firstIndex(where: \.isNewline) else {
        return (words.trimmingWhitespace, "")
      }
      start = words.index(after: end)
    }
  }

  private static func take(_ name: String, _ value: String, into record: inout ForeignRecord) {
    switch name {
    case "Seed": record.setSeed(.string(value))
    case "CFG scale": record.setGuidanceScale(Double(value))
    case "Model": record.model = value
    case "Steps": record.set("steps", Int64(value).map(JSONValue.integer))
    case "Sampler": record.set("sampler", .string(value))
    case "Schedule type": record.set("scheduler", .string(value))
    case "Model hash": record.set("model_hash", .string(value))
    case "Size": record.set("size", .string(value))
    case "Lora hashes":
      record.set(
        "loras",
        .array(value.split(separator: ",").map { .string($0.trimmingWhitespace) }))
    default:
      record.set(key(name), .string(value))
    }
  }

  /// A name as settings have it: small letters and digits, all else a low line.
  static func key(_ name: String) -> String {
    String(name.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }

  /// `Name: value` pairs parted by commas; a value may be quoted, or a JSON list or object.
  static func pairs(_ line: Substring) -> [(name: String, value: String)] {
    var found: [(String, String)] = []
    var rest = line
    while let colon = rest.firstIndex(of: ":") {
      var name = rest[..<colon].trimmingWhitespace
      // Values with commas should be quoted, but older writers did not: what stands before the last
      // comma still belongs to the value before.
      if let comma = name.lastIndex(of: ","), let last = found.indices.last {
        found[last].1 += ", " + name[..<comma].trimmingWhitespace
        name = name[name.index(after: comma)...].trimmingWhitespace
      }
      rest = rest[rest.index(after: colon)...].drop { $0 == " " }
      let value = takeValue(&rest)
      if !name.isEmpty { found.append((name, value)) }
      rest = rest.drop { $0 == "," || $0.isWhitespace }
    }
    return found
  }

  private static func takeValue(_ rest: inout Substring) -> String {
    switch rest.first {
    case "\"":
      if let (value, end) = quoted(rest) {
        rest = rest[end...]
        return value
      }
    case "[", "{":
      if let end = endOfBrackets(rest) {
        let value = rest[..<end]
        rest = rest[end...]
        return String(value)
      }
    default: break
    }
    let end = rest.firstIndex { $0 == "," || $0.isNewline } ?? rest.endIndex
    defer { rest = rest[end...] }
    return rest[..<end].trimmingWhitespace
  }

  /// A quoted value without its quotes and escapes, and where it ends; nil where the quote never closes.
  private static func quoted(_ text: Substring) -> (value: String, end: String.Index)? {
    var value = ""
    var escaped = false
    for index in text.indices.dropFirst() {
      let character = text[index]
      if escaped {
        value.append(character == "n" ? "\n" : character)
        escaped = false
      } else if character == "\\" {
        escaped = true
      } else if character == "\"" {
        return (value, text.index(after: index))
      } else {
        value.append(character)
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
