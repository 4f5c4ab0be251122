/// Why a line is no record; never with the line's own text, which is private.
public enum RecordError: Error, Hashable, Sendable {
  /// It is not JSON: at this byte something else was needed.
  case syntax(offset: Int, needed: String)
  /// A field holds what it can't; `allowed` says what it takes.
  case badValue(field: String, allowed: String)
  /// A generation's record needs at least its prompt.
  case missingPrompt
}
