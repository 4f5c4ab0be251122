import SeedbankModel

/// Whole numbers for the page, because its script has only 53 bits.
enum ExactNumbers {
  /// JSON in which large whole numbers are strings, because the script would round them.
  static func quoted(in json: String) -> String {
    var quoted: [UInt8] = []
    var token: [UInt8] = []
    var isInString = false
    var isEscaped = false
    func endToken() {
      guard !token.isEmpty else { return }
      let digits = token.drop { $0 == UInt8(ascii: "-") }
      let isWhole = digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      let isExact =
        ImageSeed(String(decoding: token, as: UTF8.self))?.isExactInJavaScript ?? false
      let mark = isWhole && !digits.isEmpty && !isExact ? [UInt8(ascii: "\"")] : []
      quoted += mark + token + mark
      token.removeAll(keepingCapacity: true)
    }
    for byte in json.utf8 {
      if isInString {
        quoted.append(byte)
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        token.append(byte)
      default:
        endToken()
        isInString = byte == UInt8(ascii: "\"")
        quoted.append(byte)
      }
    }
    endToken()
    return String(decoding: quoted, as: UTF8.self)
  }
}
