import SeedbankModel

/// The values of a field that a shell or the web page can offer.
///
/// None of them needs quotes in a shell: `4..` rather than `>=4`.
package enum FieldCompletion: Sendable {
  /// These words; empty if the values cannot be listed.
  case words([String])
  case tags, models, sizes, tools, providers, savedSearches, collections

  static let none = FieldCompletion.words([])
}

extension FieldCompletion {
  /// Returns one of the values as it is typed in a query.
  ///
  /// It gets quotation marks if it would end early without them, or if `=` at its start would have
  /// a meaning. A star that is part of a name gets a backslash, because it would match any text.
  package func typed(_ value: String) -> String {
    switch self {
    case .tags, .models, .tools, .providers:
      Condition.typed(value.replacingEach("*", with: "\\*"))
    case .words, .sizes, .savedSearches, .collections: Condition.typed(value)
    }
  }
}
