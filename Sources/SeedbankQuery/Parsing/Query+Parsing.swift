extension Query {
  /// A query and what its author may want to know of how it was read.
  public struct Parsed: Hashable, Sendable {
    /// The parsed query.
    public let query: Query
    /// What a person should know about how the text was read.
    public let notes: [QueryNote]
  }

  /// Reads the query language.
  ///
  /// - Throws: `QueryError`, where a field has a value that it can't have; nothing else is an error.
  public static func parse(_ text: String) throws -> Parsed {
    var parser = QueryParser(text)
    let node = try parser.parse()
    return Parsed(query: Query(node), notes: parser.notes)
  }

  /// Reads the words of a command line: joined by spaces, so that an argument which the shell kept
  /// together is read as its words, and a phrase needs quotation marks within the argument.
  /// - Throws: `QueryError`, with offsets in the joined text.
  public static func parse(words: [String]) throws -> Parsed {
    try parse(words.joined(separator: " "))
  }
}
