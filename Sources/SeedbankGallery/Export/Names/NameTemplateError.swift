/// Why some text is no name template, and where: `at` counts characters from 0.
public enum NameTemplateError: Error, Hashable, Sendable {
  case empty
  /// A `{` without its `}`.
  case unclosedBrace(at: Int)
  /// A `}` without its `{`; `}}` writes one.
  case strayBrace(at: Int)
  case unknownField(name: String, suggestion: NameField?, at: Int)
  /// A format that the field can't be written in; `accepted` says in words which it can.
  case badFormat(field: NameField, format: String, accepted: String, at: Int)
  /// The name begins with `/`: names lie inside the export's folder.
  case absolute
  /// `//`, or a `/` at the end: a folder or file without a name.
  case emptyPart(at: Int)
  /// `.` or `..`, which would lead out of the export's folder.
  case dots(at: Int)
}
