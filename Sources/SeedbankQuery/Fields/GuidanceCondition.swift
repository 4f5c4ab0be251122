import SeedbankModel

/// `guidance:` and a range of guidance scales.
package struct GuidanceCondition: RowCondition {
  package static let name = "guidance"
  package static let takes = "a number or a range, as in 2.5 or 2..3.5, or none"
  package static let completion = FieldCompletion.words(["none"])

  /// Nil: none was given.
  package let interval: Interval<Double>?

  package init?(_ value: String, isQuoted: Bool) {
    let word = value.lowercased()
    interval = word == "none" ? nil : Interval(word, number: QueryNumber.scale)
    if interval == nil, word != "none" { return nil }
  }

  package var text: String { interval?.text ?? "none" }

  package func matches(_ record: SearchableRecord) -> Bool {
    let scale = record.generation.parameters.guidanceScale
    guard let interval else { return scale == nil }
    return scale.map(interval.contains) ?? false
  }
}
