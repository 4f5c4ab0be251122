import SeedbankModel

/// `sha256:` and the first digits of an image's digest.
package struct DigestCondition: RowCondition {
  package static let name = "sha256"
  package static let takes = "the first hexadecimal digits of an image's digest"
  package static let completion = FieldCompletion.none

  package let digits: String

  package init?(_ value: String, isQuoted: Bool) {
    digits = value.lowercased()
    guard digits.utf8.count <= 64, digits.utf8.allSatisfy({ Hex.value(of: $0) != nil }) else {
      return nil
    }
  }

  package var text: String { digits }

  package func matches(_ record: SearchableRecord) -> Bool {
    record.generation.images.contains { $0.digest.hex.hasPrefix(digits) }
  }
}
