package import SeedbankModel

/// `format:` and the format of an image file.
package struct FormatCondition: RowCondition {
  package static let name = "format"
  package static let takes = ImageKind.list
  package static let completion = FieldCompletion.words(ImageKind.allCases.map(\.rawValue))

  package let kind: ImageKind

  package init?(_ value: String, isQuoted: Bool) {
    let word = value.lowercased()
    guard let kind = ImageKind(rawValue: word) ?? ImageKind(fileExtension: word) else { return nil }
    self.kind = kind
  }

  package var text: String { kind.rawValue }

  package func matches(_ record: SearchableRecord) -> Bool {
    record.generation.images.contains { $0.format == kind.rawValue }
  }
}
