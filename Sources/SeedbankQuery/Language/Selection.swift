public import SeedbankModel

/// The meaning of a command's arguments: names of generations, or the words of a query.
///
/// No library is needed to read them. If all arguments are references, several of them mean all of
/// these generations. If any argument is another word, all of them are a query.
public enum Selection: Hashable, Sendable {
  /// Names of generations, in the given order.
  case references([Term])
  /// The typed words of a query.
  case query([String])

  /// A name, or a range of ids.
  public enum Term: Hashable, Sendable {
    /// A generation, with the typed text.
    case one(Reference, typed: String)
    /// The ids from the first to the last; ids that do not exist are skipped.
    case range(ClosedRange<Int64>, typed: String)
  }

  /// How a command reads a bare number, such as `5`.
  public enum Number: Sendable {
    /// As the id of a generation, in commands that edit or export.
    case reference
    /// As a word to search for, in `search`.
    ///
    /// There, `id:5` and `sha256:…` are fields of the query.
    case word
  }

  /// Reads the arguments of a command.
  ///
  /// - Parameter isPicture: whether an argument is the path of a file; called only for arguments
  ///   that are no other reference.
  public init(
    _ arguments: [String], number: Number, isPicture: (String) -> Bool = { _ in false }
  ) {
    var terms: [Term] = []
    for argument in arguments {
      // A shell that does not split variables passes the lines of `--format ids` as one argument.
      let words = argument.split(whereSeparator: \.isWhitespace)
      let read = words.map { Self.terms($0, number) }
      if !words.isEmpty, !read.contains(where: { $0 == nil }) {
        terms += read.flatMap { $0 ?? [] }
      } else if isPicture(argument) {
        terms.append(.one(.init(filePath: argument), typed: argument))
      } else {
        self = .query(arguments)
        return
      }
    }
    self = terms.isEmpty ? .query(arguments) : .references(terms)
  }

  /// Returns the ids that are bare numbers in the words of a query, and so are searched as text.
  public static func bareNumbers(in words: [String]) -> [GenerationID] {
    words.flatMap { $0.split(whereSeparator: \.isWhitespace) }.compactMap { word in
      guard case .id(let id, image: nil)? = Reference(name: String(word)),
        word.utf8.first != UInt8(ascii: "#"), !word.hasPrefix("id:")
      else { return nil }
      return id
    }
  }

  // MARK: Words

  /// The names in one word, or nil if it is not a reference.
  private static func terms(_ word: Substring, _ number: Number) -> [Term]? {
    let hasField = word.hasPrefix("id:")
    if number == .word, hasField || word.hasPrefix("sha256:") || isNumber(word) { return nil }
    var parts = (hasField ? word.dropFirst(3) : word).split(
      separator: ",", omittingEmptySubsequences: false)
    // As in `31, 27`.
    if parts.count > 1, parts.last?.isEmpty == true { parts.removeLast() }
    let terms = parts.compactMap { term($0, typed: hasField ? "id:\($0)" : String($0)) }
    return terms.count == parts.count ? terms : nil
  }

  private static func term(_ text: Substring, typed: String) -> Term? {
    if let range = IDRange(text) { return .range(range.ids, typed: typed) }
    guard let reference = Reference(name: String(text)) else { return nil }
    // A word of eight letters from a to f is more likely a word than a uid.
    if case .uid(let digits) = reference, !digits.contains(where: \.isNumber) { return nil }
    return .one(reference, typed: typed)
  }

  /// Whether the word is a plain number: `5`, `0042`, `31.2`.
  private static func isNumber(_ word: Substring) -> Bool {
    word.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
      && !word.contains("..")
  }
}

/// A typed range of ids: `5..12`, `#5..#12`, `5..`, `..12`.
struct IDRange {
  let ids: ClosedRange<Int64>

  init?(_ text: Substring) {
    guard let dots = text.firstRange(of: "..") else { return nil }
    guard let lower = Self.bound(text[..<dots.lowerBound], else: 1),
      let upper = Self.bound(text[dots.upperBound...], else: .max), text.utf8.count > 2
    else { return nil }
    ids = min(lower, upper)...max(lower, upper)
  }

  private static func bound(_ text: Substring, else open: Int64) -> Int64? {
    if text.isEmpty { return open }
    let digits = text.utf8.first == UInt8(ascii: "#") ? text.dropFirst() : text
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int64(digits)
  }
}
