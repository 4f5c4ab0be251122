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

  static func decimal(_ text: String) -> Double? {
    let isNumber = text.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
    guard !text.isEmpty, text.utf8.count < 20, isNumber else { return nil }
    return Double(text)
  }
}
