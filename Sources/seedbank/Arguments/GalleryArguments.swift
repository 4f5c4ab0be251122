public import ArgumentParser
public import SeedbankGallery

// The names of the gallery's options as values on the command line.

extension LinkMode: ExpressibleByArgument {}
extension MetadataMode: ExpressibleByArgument {
  /// Reads a value of the option.
  public init?(argument: String) {
    guard Self.allValueStrings.contains(argument) else { return nil }
    self.init(rawValue: argument)
  }

  /// Stripping is a separate option, because it leaves out the page and the manifests too.
  public static var allValueStrings: [String] {
    allCases.filter { $0 != .strip }.map(\.rawValue)
  }
}
extension Grouping: ExpressibleByArgument {}
extension ContactSheetOptions.Format: ExpressibleByArgument {}
