import FilePaths

/// How a file of prompts is written.
public enum PromptFormat: String, Sendable, CaseIterable {
  /// A prompt a line.
  case text = "txt"
  /// A JSON object a line, with the request's own field names and `tags`.
  case lines = "jsonl"
  /// A JSON array of such objects, or of texts.
  case array = "json"
  /// A table with a header line of the same names, separated by commas, semicolons or tabs.
  case table = "csv"
  /// The same, separated by tabs.
  case tabs = "tsv"

  /// What a file's name says of its content.
  enum Name: Equatable {
    case format(PromptFormat)
    /// A format that is not read.
    case foreign
    /// Nothing.
    case silent

    init(path: FilePath) {
      let name = path.name.bytes
      guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else {
        self = .silent
        return
      }
      self =
        switch String(decoding: name[(dot + 1)...], as: UTF8.self).lowercased() {
        case "txt", "text", "md": .format(.text)
        case "jsonl", "ndjson": .format(.lines)
        case "json": .format(.array)
        case "csv": .format(.table)
        case "tsv", "tab": .format(.tabs)
        case "yaml", "yml", "html", "htm", "xml", "xlsx", "xls", "ods", "doc", "docx", "odt", "rtf",
          "pdf":
          .foreign
        default: .silent
        }
    }
  }

  /// The format by name and content.
  ///
  /// - Throws: `PromptFileError` if they disagree or the content may be several things: a wrong guess
  ///   would be paid for line by line.
  init(_ name: Name, _ appearance: PromptAppearance) throws(PromptFileError) {
    func refusal(_ format: PromptFormat?) -> PromptFileError {
      PromptFileError(line: nil, .ambiguous(name: format, appearance))
    }
    switch (name, appearance) {
    case (.silent, .plain), (.format(.text), .plain): self = .text
    case (.silent, .jsonArray), (.format(.array), .jsonArray): self = .array
    case (.silent, .jsonLines), (.format(.lines), .jsonLines): self = .lines
    case (.silent, .table): self = .table
    // These formats check every entry, so that nothing wrong gets through.
    case (.format(.lines), .plain), (.format(.lines), .jsonObject): self = .lines
    case (.format(.array), .plain): self = .array
    case (.format(.table), .table), (.format(.table), .unknownTable), (.format(.table), .plain):
      self = .table
    case (.format(.tabs), .table), (.format(.tabs), .unknownTable), (.format(.tabs), .plain):
      self = .tabs
    case (.format(let format), _): throw refusal(format)
    case (.foreign, _): throw PromptFileError(line: nil, .foreignFormat)
    case (.silent, _): throw refusal(nil)
    }
  }
}
