import FoundationEssentials

/// The forms in which a reply can contain the key of its request.
///
/// `{key}` and other placeholders in a body are replaced by them.
enum KeyEcho {
  private static let spellings: [(mark: String, spell: @Sendable (String) -> String)] = [
    ("{key}", { $0 }),
    ("{key:slashes}", { $0.replacing("/", with: #"\/"#) }),
    ("{key:unicode}", { $0.utf16.map(unicode).joined() }),
    ("{key:percent}", percent), ("{key:base64}", base64),
  ]

  /// The body with the placeholders replaced by the key.
  static func filled(_ body: [UInt8], with key: String) -> [UInt8] {
    guard body.contains(UInt8(ascii: "{")) else { return body }
    let text = String(decoding: body, as: UTF8.self)
    guard text.contains("{key") else { return body }
    return Array(spellings.reduce(text) { $0.replacing($1.mark, with: $1.spell(key)) }.utf8)
  }

  fileprivate static func percent(_ key: String) -> String {
    key.utf8.map { "%" + hexadecimal(Int($0), digits: 2) }.joined()
  }

  fileprivate static func base64(_ key: String) -> String {
    Data(key.utf8).base64EncodedString()
  }

  private static func unicode(_ unit: UInt16) -> String {
    #"\u"# + hexadecimal(Int(unit), digits: 4)
  }

  private static func hexadecimal(_ number: Int, digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

extension LinkKeySpelling {
  /// The text that is added to the query of a URL.
  func query(of key: String) -> String {
    switch self {
    case .raw: "&subscription-key=" + key
    case .percent: "&subscription-key=" + KeyEcho.percent(key)
    case .base64:
      "&token="
        + KeyEcho.base64(key).replacing("+", with: "%2B").replacing("/", with: "%2F")
        .replacing("=", with: "%3D")
    }
  }
}
