import FoundationEssentials

/// The spellings in which a reply may echo the key of its request: `{key}` and the like in a body stand
/// for them.
enum KeyEcho {
  private static let spellings: [(mark: String, spell: @Sendable (String) -> String)] = [
    ("{key}", { $0 }),
    ("{key:slashes}", { $0.replacing("/", with: #"\/"#) }),
    ("{key:unicode}", { $0.utf16.map(unicode).joined() }),
    ("{key:percent}", { $0.utf8.map { "%" + hexadecimal(Int($0), digits: 2) }.joined() }),
    ("{key:base64}", { Data($0.utf8).base64EncodedString() }),
  ]

  /// The body with the key in the place of each mark.
  static func filled(_ body: [UInt8], with key: String) -> [UInt8] {
    guard body.contains(UInt8(ascii: "{")) else { return body }
    let text = String(decoding: body, as: UTF8.self)
    guard text.contains("{key") else { return body }
    return Array(spellings.reduce(text) { $0.replacing($1.mark, with: $1.spell(key)) }.utf8)
  }

  private static func unicode(_ unit: UInt16) -> String {
    #"\u"# + hexadecimal(Int(unit), digits: 4)
  }

  private static func hexadecimal(_ number: Int, digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
