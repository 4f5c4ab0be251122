import SeedbankModel

/// `watermark:` and whether one was requested.
package struct WatermarkCondition: RowCondition {
  package static let name = "watermark"
  package static let takes = "yes, no or none"
  package static let completion = FieldCompletion.words(["yes", "no", "none"])

  /// Nil: not recorded.
  package let value: Bool?

  package init?(_ value: String, isQuoted: Bool) {
    switch value.lowercased() {
    case "yes", "true", "on", "1": self.value = true
    case "no", "false", "off", "0": self.value = false
    case "none": self.value = nil
    default: return nil
    }
  }

  package var text: String { value.map { $0 ? "yes" : "no" } ?? "none" }

  package func matches(_ record: SearchableRecord) -> Bool {
    record.generation.parameters.watermark == value
  }
}
