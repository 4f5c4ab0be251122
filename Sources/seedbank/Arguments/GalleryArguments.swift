public import ArgumentParser
public import SeedbankGallery

// The names that the gallery's choices have as values of options.

extension LinkMode: ExpressibleByArgument {}
extension MetadataMode: ExpressibleByArgument {
  public init?(argument: String) {
    guard Self.allValueStrings.contains(argument) else { return nil }
    self.init(rawValue: argument)
  }

  /// Stripping is an option of its own, since it leaves out the page and the manifests too.
  public static var allValueStrings: [String] {
    allCases.filter { $0 != .strip }.map(\.rawValue)
  }
}
extension Grouping: ExpressibleByArgument {}
extension ContactSheetOptions.Format: ExpressibleByArgument {}
