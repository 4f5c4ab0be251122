import SeedbankModel

/// `provider:` and the name of the service that a generation was requested from.
package struct ProviderCondition: RowCondition {
  package static let name = "provider"
  package static let takes = "the name of a provider, in which * stands for any text, or none"
  package static let completion = FieldCompletion.providers

  /// Nil: none, as for imported images.
  package let wildcard: Wildcard?

  package init?(_ value: String, isQuoted: Bool) {
    wildcard = value.lowercased() == "none" ? nil : Wildcard(text: value)
  }

  package var text: String { wildcard.map { Condition.typed($0.text) } ?? "none" }

  package func matches(_ record: SearchableRecord) -> Bool {
    let name = record.generation.provider.name
    guard let wildcard else { return name == nil }
    return name.map(wildcard.matches) ?? false
  }
}
