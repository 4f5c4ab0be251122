/// The word of a query under the cursor.
///
/// zsh and fish hand over `-tag:po` whole. bash breaks words at colons and wants only what follows
/// the last one, so there the field is found in the words before.
struct TypedWord {
  /// What a candidate needs in front to take the place of what the shell replaces.
  let front: String
  /// The field before the colon; nil where none is typed yet.
  let field: String?
  let value: String

  init(_ words: [String], _ index: Int, _ prefix: String) {
    if prefix == ":", index >= 1, index <= words.count {
      self.init(front: "", field: words[index - 1], value: "")
    } else if index >= 2, index <= words.count, words[index - 1] == ":" {
      self.init(front: "", field: words[index - 2], value: prefix)
    } else if let colon = prefix.firstIndex(of: ":") {
      let end = prefix.index(after: colon)
      self.init(
        front: String(prefix[..<end]), field: String(prefix[..<colon]),
        value: String(prefix[end...]))
    } else {
      let front = prefix.hasPrefix("-") ? "-" : ""
      self.init(front: front, field: nil, value: String(prefix.dropFirst(front.count)))
    }
  }

  /// A dash before the field only turns the sense of the query around.
  private init(front: String, field: String?, value: String) {
    self.front = front
    self.field = field.map { $0.hasPrefix("-") ? String($0.dropFirst()) : $0 }
    self.value = value
  }

  /// The candidates that begin as typed, as the shell wants them.
  func matching(_ candidates: [String]) -> [String] {
    candidates.filter { $0.hasPrefix(value) }.map { front + $0 }
  }
}
