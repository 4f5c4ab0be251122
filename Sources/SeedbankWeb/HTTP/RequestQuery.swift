/// The parameters of a request, after the question mark.
struct RequestQuery: Equatable, Sendable {
  private let values: [String: String]

  /// Reads `name=value&…` with percent encoding.
  /// - Throws: `APIError` if the text is not UTF-8, contains NUL, or names a parameter twice.
  init(_ text: String?) throws(APIError) {
    var values: [String: String] = [:]
    for pair in (text ?? "").split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decoded(parts[0]) else { throw Self.notText(String(parts[0])) }
      guard let value = Self.decoded(parts.count > 1 ? parts[1] : "") else {
        throw Self.notText(name)
      }
      guard values.updateValue(value, forKey: name) == nil else {
        throw .badParameter(name, "one value")
      }
    }
    self.values = values
  }

  subscript(_ name: String) -> String? { values[name] }

  /// Returns a whole number within a range.
  func number(_ name: String, in range: ClosedRange<Int>) throws(APIError) -> Int? {
    guard let text = values[name] else { return nil }
    guard let number = Int(text), text.first != "+", range.contains(number) else {
      throw .badParameter(name, "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private static func notText(_ name: String) -> APIError {
    .badParameter(name, "percent encoding of UTF-8 text")
  }

  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(HTTPByte.space)
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
        else { return nil }
        bytes.append(high << 4 | low)
      default: bytes.append(byte)
      }
    }
    return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    Character(UnicodeScalar(byte)).hexDigitValue.map { UInt8($0) }
  }
}
