import SeedbankModel

/// `tool:` and the name of the tool that made an imported image.
package struct ToolCondition: RowCondition {
  package static let name = "tool"
  package static let takes = "the name of a tool, in which * stands for any text, or none"
  package static let completion = FieldCompletion.tools

  /// The tool whose metadata an imported image has.
  package let pattern: NamePattern

  package init?(_ value: String, isQuoted: Bool) { pattern = NamePattern(value) }

  package var text: String { pattern.text }

  package func matches(_ record: SearchableRecord) -> Bool {
    pattern.matches(record.generation.provenance?.tool)
  }
}
