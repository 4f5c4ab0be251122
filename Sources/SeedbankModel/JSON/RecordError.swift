/// Why a line is not a record; it never contains the text of the line, which is private.
public enum RecordError: Error, Hashable, Sendable {
  /// The line is not JSON: at this byte, something else was expected.
  case syntax(offset: Int, needed: String)
  /// A field has an invalid value; `allowed` describes the valid ones.
  case badValue(field: String, allowed: String)
  /// A generation's record needs at least its prompt.
  case missingPrompt
}
