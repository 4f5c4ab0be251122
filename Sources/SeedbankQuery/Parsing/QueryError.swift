/// A field of a query with a value that is not valid, which is the only error in a query.
public struct QueryError: Error, Hashable, Sendable {
  /// The field's name, as in docs/search.md.
  public let field: String
  /// The value that was typed.
  public let value: String
  /// The valid values, in the form for the end of a sentence: "a whole number, a range such as
  /// 1..100 …".
  public let takes: String
  /// The position of the value in the text of the query, in Unicode scalars.
  public let offset: Int
}

/// A note about a valid query.
public enum QueryNote: Hashable, Sendable {
  /// The field does not exist, so the word was searched as text; a similar field is suggested.
  case unknownField(name: String, suggestion: String?)
  /// A field's name and a colon without a value were searched as text.
  case fieldWithoutValue(name: String)
  /// The text contains nothing to search for, as in `&`; it was left out, or the query matches
  /// nothing.
  case noWords(text: String)
  /// A quotation mark or a bracket without its partner was left out.
  case unpaired(Character)
  /// `or` between words was searched as a word, because the operator is in capitals.
  case lowercaseOperator(String)
}
