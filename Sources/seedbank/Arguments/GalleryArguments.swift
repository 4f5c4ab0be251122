public import ArgumentParser
public import Gallery

// The names that the gallery's choices have as values of options.

extension LinkMode: ExpressibleByArgument {}
extension MetadataMode: ExpressibleByArgument {}
extension Grouping: ExpressibleByArgument {}
extension ContactSheetOptions.Format: ExpressibleByArgument {}
