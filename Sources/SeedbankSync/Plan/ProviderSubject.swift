/// The words for a provider in messages: `the gateway`, or `the provider 'maker'`.
package struct ProviderSubject: Sendable, Hashable, CustomStringConvertible {
  /// The words.
  package let description: String

  /// - Parameter name: The provider's name; nil for the default provider.
  package init(_ name: String?) {
    guard let name, name != RequestProvider.standard.name else {
      description = "the gateway"
      return
    }
    // A name from another library may contain anything.
    let plain = name.unicodeScalars.filter {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_. ".unicodeScalars.contains($0)
    }
    description =
      plain.isEmpty ? "the provider" : "the provider '\(String(String.UnicodeScalarView(plain)))'"
  }

  /// The words for the default provider.
  package static let standard = ProviderSubject(nil)
}
