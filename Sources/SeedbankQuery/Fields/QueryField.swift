import SeedbankModel

/// A field of the query language: its name, its values, and how a value is parsed.
package struct QueryField: Sendable {
  /// The name before the colon.
  package let name: String
  /// The accepted values, as the end of a sentence.
  package let takes: String
  /// What a shell offers after the colon.
  package let completion: FieldCompletion
  /// Where words after the colon are searched; nil if the field does not accept words.
  let textField: TextField?
  /// Parses a value.
  ///
  /// Also gets whether it was within quotation marks.
  let read: @Sendable (String, Bool) -> Condition?

  init(
    _ name: String, takes: String, completion: FieldCompletion = .none,
    read: @escaping @Sendable (String, Bool) -> Condition?
  ) {
    self.name = name
    self.takes = takes
    self.completion = completion
    self.read = read
    textField = nil
  }

  /// A field that accepts words.
  private init(_ textField: TextField) {
    name = textField == .anywhere ? "text" : textField.rawValue
    takes = "words"
    completion = .none
    self.textField = textField
    read = { _, _ in nil }
  }

  private init(_ condition: (some RowCondition).Type) {
    self.init(condition.name, takes: condition.takes, completion: condition.completion) {
      condition.init($0, isQuoted: $1).map { .row(AnyRowCondition(condition: $0)) }
    }
  }

  /// The field of that name.
  package static func named(_ name: String) -> QueryField? { all.first { $0.name == name } }

  /// The fields with a condition on one row.
  ///
  /// New ones are added here.
  package static let rowConditions: [any RowCondition.Type] = [
    GuidanceCondition.self, WatermarkCondition.self, DigestCondition.self, FormatCondition.self,
    VerdictCondition.self, ToolCondition.self, RawCondition.self,
    ProviderCondition.self, ReferenceCondition.self,
  ]

  /// All fields, for completion and errors.
  package static let all =
    indexed + dates + TextField.allCases.map { QueryField($0) } + related
    + rowConditions.map { QueryField($0) }

  /// The verdicts of reproductions, best first.
  package static let verdicts = [
    "identical-file", "identical-pixels", "visually-identical", "near-identical",
    "locally-different", "similar-composition", "different",
  ]

  static func list(_ words: [String]) -> String {
    words.dropLast().joined(separator: ", ") + " or " + words[words.count - 1]
  }
}

extension QueryField: Hashable {
  package static func == (left: Self, right: Self) -> Bool { left.name == right.name }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
