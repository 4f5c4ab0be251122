/// A field of a query with a value that it can't have: the one way in which typed text is wrong.
public struct QueryError: Error, Hashable, Sendable {
  /// The field's name, as in docs/search.md.
  public let field: String
  /// The value that was typed.
  public let value: String
  /// What the field takes, as the end of a sentence: "a whole number, a range such as 1..100 …".
  public let takes: String
  /// Where the value begins in the query's text, in Unicode scalars.
  public let offset: Int
}

/// A remark on a valid query that its author may want to know.
public enum QueryNote: Hashable, Sendable {
  /// There is no field of that name, so the word was searched as text; a field with a name near it.
  case unknownField(name: String, suggestion: String?)
  /// A field's name and a colon without a value were searched as text.
  case fieldWithoutValue(name: String)
  /// Nothing in the text can be searched for, as in `&`; it was left out, or found nothing.
  case noWords(text: String)
  /// A quotation mark or bracket without its partner was left out.
  case unpaired(Character)
  /// `or` between words was searched as a word; the operator is in capitals.
  case lowercaseOperator(String)
}
