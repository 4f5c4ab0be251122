import SeedbankModel

/// `raw:` and text of the metadata as a tool wrote it.
package struct RawCondition: RowCondition {
  package static let name = "raw"
  package static let takes = "text of the metadata as a tool wrote it"
  package static let completion = FieldCompletion.none

  /// Text in the metadata, in ASCII lower case.
  package let content: String

  /// Text is found anywhere in the metadata, so an asterisk at its end has no effect.
  package init?(_ value: String, isQuoted: Bool) {
    let text = (isQuoted || !value.hasSuffix("*") ? value : String(value.dropLast())).withoutNUL
    guard !text.isEmpty else { return nil }
    content = ASCIIText.lowercased(text)
  }

  /// Without quotation marks, an asterisk at its end would be removed.
  package var text: String {
    content.hasSuffix("*") ? Words.quoted(content) : Condition.typed(content)
  }

  package func matches(_ record: SearchableRecord) -> Bool {
    record.generation.provenance?.raw.map { ASCIIText.contains($0, content) } ?? false
  }
}
