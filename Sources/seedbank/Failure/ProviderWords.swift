import SeedbankSync

/// The words for a provider in a sentence.
struct ProviderWords {
  /// Nil for the default provider.
  private let name: String?

  /// - Parameter name: Nil for the default provider.
  init(_ name: String?) {
    self.name = name == Settings.standardProvider ? nil : name
  }

  /// `the gateway`, or `the provider 'maker'`.
  var subject: String { ProviderSubject(name).description }

  /// The address that is in use.
  var address: String { name == nil ? "the configured address" : "the address of \(subject)" }

  /// What the server at a wrong address is not.
  var service: String { name == nil ? "the gateway" : "its service" }

  /// Where a valid key is set, as a sentence without its end.
  var remedy: String {
    name.map { "Set a valid key in \(APIKeySource.variableName(for: $0))" } ?? "Set a valid key"
  }
}
