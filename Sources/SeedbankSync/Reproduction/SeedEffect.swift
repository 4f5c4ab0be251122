package import SeedbankProviders
package import SeedbankStorage

/// How much the images of equal requests with the same seed differ.
package struct SeedEffect: Sendable, Equatable {
  /// What the service documents for the model; nil if the service is not known.
  package let handling: ModelRules.SeedHandling?
  /// What the reproductions of this library have shown.
  package let measured: AuditReport.Tally

  /// Counts the verdicts on repeated requests for the same model at the same provider.
  ///
  /// - Parameter service: The service of the provider; nil if it is not known.
  /// - Throws: `LibraryError`.
  package init(
    model: String?, provider: String?, service: (any ImageService)?, in library: Library
  ) throws {
    handling = service?.rules(of: model).seed
    measured = AuditReport.Tally(try library.verdictCounts(model: model, provider: provider))
  }
}
