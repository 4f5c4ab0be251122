/// Formats numbers for the values of fields.
enum QueryNumber {
  static func whole(_ text: String) -> Int64? { text.hasPrefix("+") ? nil : Int64(text) }

  static func pixels(_ text: String) -> Int64? {
    guard let number = whole(text), number >= 0 else { return nil }
    return number
  }

  static func stars(_ text: String) -> Int64? {
    guard let number = whole(text), (1...5).contains(number) else { return nil }
    return number
  }

  /// No number has as many digits: `Double` writes at most 22 characters without an exponent.
  private static let longest = 24

  static func decimal(_ text: String) -> Double? {
    let isNumber = text.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
    guard !text.isEmpty, text.utf8.count < longest, isNumber else { return nil }
    return Double(text)
  }

  /// A guidance scale in all forms that `Double` writes, as in `2.5` and `1e-05`.
  static func scale(_ text: String) -> Double? {
    let parts = text.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
    guard text.utf8.count < 2 * longest, decimal(String(parts[0])) != nil,
      let number = Double(text), number.isFinite
    else { return nil }
    return number
  }
}
