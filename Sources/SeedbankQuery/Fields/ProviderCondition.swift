import SeedbankModel

/// `provider:` and the name of the service that a generation was requested from.
package struct ProviderCondition: RowCondition {
  package static let name = "provider"
  package static let takes = "the name of a provider, in which * stands for any text, or none"
  package static let completion = FieldCompletion.providers

  /// The provider; none for imported images.
  package let pattern: NamePattern

  package init?(_ value: String, isQuoted: Bool) { pattern = NamePattern(value) }

  package var text: String { pattern.text }

  package func matches(_ record: SearchableRecord) -> Bool {
    pattern.matches(record.generation.provider.name)
  }
}
