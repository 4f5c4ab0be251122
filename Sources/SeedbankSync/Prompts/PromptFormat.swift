import FilePaths

/// The format of a file of prompts.
public enum PromptFormat: String, Sendable, CaseIterable {
  /// One prompt per line.
  case text = "txt"
  /// One JSON object per line, with the field names of a request and `tags`.
  case lines = "jsonl"
  /// A JSON array of such objects, or of strings.
  case array = "json"
  /// A table with a header line of the same names, separated by commas, semicolons or tabs.
  case table = "csv"
  /// The same, separated by tabs.
  case tabs = "tsv"

  /// The format by the name of a file.
  enum Name: Equatable {
    case format(PromptFormat)
    /// A format that is not supported.
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

  /// Returns the format by name and content.
  ///
  /// - Throws: `PromptFileError` if they disagree or the content fits several formats. With a wrong
  ///   guess, every line would be charged.
  init(_ name: Name, _ appearance: PromptAppearance) throws(PromptFileError) {
    func refusal(_ format: PromptFormat?) -> PromptFileError {
      PromptFileError(line: nil, .ambiguous(name: format, appearance))
    }
    switch (name, appearance) {
    case (.foreign, _): throw PromptFileError(line: nil, .foreignFormat)
    // Without prompts, it is the same in every format.
    case (_, .empty), (.silent, .plain), (.format(.text), .plain): self = .text
    case (.silent, .jsonArray), (.format(.array), .jsonArray): self = .array
    case (.silent, .jsonLines), (.format(.lines), .jsonLines): self = .lines
    // The object is probably damaged: the reader names the line.
    case (.format(.lines), .jsonObject): self = .lines
    case (.silent, .table), (.format(.table), .table): self = .table
    case (.format(.tabs), .table(nil)), (.format(.tabs), .table(.tab)): self = .tabs
    case (.format(let format), _): throw refusal(format)
    case (.silent, _): throw refusal(nil)
    }
  }
}
