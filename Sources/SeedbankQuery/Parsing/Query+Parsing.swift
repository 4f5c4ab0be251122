extension Query {
  /// A query with notes about how its text was read.
  public struct Parsed: Hashable, Sendable {
    /// The parsed query.
    public let query: Query
    /// Notes about parts of the text that may have another meaning than intended.
    public let notes: [QueryNote]
  }

  /// Parses the query language.
  ///
  /// - Throws: `QueryError` if the value of a field is not valid; nothing else is an error.
  public static func parse(_ text: String) throws -> Parsed {
    var parser = QueryParser(text)
    let node = try parser.parse()
    return Parsed(query: Query(node), notes: parser.notes)
  }

  /// Parses the words of a command line, which are joined by spaces.
  ///
  /// So an argument with spaces is read as several words, and a phrase needs quotation marks within
  /// the argument.
  ///
  /// - Throws: `QueryError`, with offsets in the joined text.
  public static func parse(words: [String]) throws -> Parsed {
    try parse(words.joined(separator: " "))
  }
}
