import SeedbankModel

/// `verdict:` and the verdict of a reproduction.
package struct VerdictCondition: RowCondition {
  package static let name = "verdict"
  package static let takes = QueryField.list(QueryField.verdicts)
  package static let completion = FieldCompletion.words(QueryField.verdicts)

  package let kind: String

  package init?(_ value: String, isQuoted: Bool) {
    kind = value.lowercased()
    guard QueryField.verdicts.contains(kind) else { return nil }
  }

  package var text: String { kind }

  package func matches(_ record: SearchableRecord) -> Bool {
    record.generation.verdict?.kind == kind
  }
}
