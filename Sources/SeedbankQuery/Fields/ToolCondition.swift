import SeedbankModel

/// `tool:` and the name of the tool that made an imported image.
package struct ToolCondition: RowCondition {
  package static let name = "tool"
  package static let takes = "the name of a tool, in which * stands for any text, or none"
  package static let completion = FieldCompletion.tools

  /// The tool whose metadata an imported image has; nil: none.
  package let wildcard: Wildcard?

  package init?(_ value: String, isQuoted: Bool) {
    wildcard = value.lowercased() == "none" ? nil : Wildcard(text: value)
  }

  package var text: String { wildcard.map { Condition.typed($0.text) } ?? "none" }

  package func matches(_ record: SearchableRecord) -> Bool {
    let provenance = record.generation.provenance
    guard let wildcard else { return provenance == nil }
    return provenance.map { wildcard.matches($0.tool) } ?? false
  }
}
