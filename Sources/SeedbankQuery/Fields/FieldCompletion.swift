/// The values of a field that a shell or the web page can offer.
///
/// None of them needs quotes in a shell: `4..` rather than `>=4`.
package enum FieldCompletion: Sendable {
  /// These words; empty if the values cannot be listed.
  case words([String])
  case tags, models, sizes, tools, providers, savedSearches, collections

  static let none = FieldCompletion.words([])
}
