/// Why a text is not a name template.
///
/// `at` is the position in characters, from 0.
public enum NameTemplateError: Error, Hashable, Sendable {
  case empty
  /// A `{` without its `}`.
  case unclosedBrace(at: Int)
  /// A `}` without its `{`. `}}` is a literal brace.
  case unopenedBrace(at: Int)
  case unknownField(name: String, suggestion: NameField?, at: Int)
  /// A format that the field does not support. `accepted` describes the supported ones.
  case badFormat(field: NameField, format: String, accepted: String, at: Int)
  /// The name starts with `/`. Names are relative to the export's folder.
  case absolute
  /// `//`, or a `/` at the end: a folder or file without a name.
  case emptyPart(at: Int)
  /// `.` or `..`, which would leave the export's folder.
  case dots(at: Int)
}
