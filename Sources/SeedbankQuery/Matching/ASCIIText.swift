/// Text comparison without the case of ASCII letters, as in SQLite's `lower` and `instr`.
enum ASCIIText {
  package static func lowercased(_ text: String) -> String {
    String(decoding: text.utf8.map(lowercased), as: UTF8.self)
  }

  /// Whether the bytes contain `lowercased`, without the case of letters.
  package static func contains(_ bytes: [UInt8], _ lowercased: String) -> Bool {
    bytes.map(Self.lowercased).firstRange(of: Array(lowercased.utf8)) != nil
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
  }
}
