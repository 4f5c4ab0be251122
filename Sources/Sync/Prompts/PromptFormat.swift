/// How a file of prompts is written.
public enum PromptFormat: String, Sendable, CaseIterable {
  /// A prompt a line.
  case text = "txt"
  /// A JSON object a line, with the request's own field names and `tags`.
  case lines = "jsonl"
  /// RFC 4180 with a header line of the same names.
  case table = "csv"

  /// The format that a file's name tells, or nil.
  public init?(path: String) {
    let name = path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
    guard let dot = name.lastIndex(of: ".") else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "txt", "text", "md": self = .text
    case "jsonl", "ndjson": self = .lines
    case "csv": self = .table
    default: return nil
    }
  }

  /// The format that the beginning of a stream looks like: an object on the first line, a header with
  /// a `prompt` in it, or else plain lines.
  public init(guessing beginning: some Collection<UInt8>) {
    let line = String(decoding: beginning.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    let text = line.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    if text.first == "{" {
      self = .lines
    } else if text.contains(","), TableHeader.names(in: String(text)).contains("prompt") {
      self = .table
    } else {
      self = .text
    }
  }
}
