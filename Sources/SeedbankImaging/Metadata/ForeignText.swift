/// Decodes text of unknown encoding.
package enum ForeignText {
  /// Returns the text as UTF-8, or as Windows-1252 if the bytes contain no other letters of UTF-8 than
  /// ASCII and are not valid UTF-8.
  ///
  /// PNG's tEXt requires Latin-1, but many programs write UTF-8, and some cut it within a letter. Invalid
  /// bytes of UTF-8 are replaced.
  package static func decode(_ bytes: some Collection<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    let text = String(decoding: bytes, as: UTF8.self)
    let isUTF8 = text.unicodeScalars.contains { !$0.isASCII && $0 != "\u{FFFD}" }
    return isUTF8 ? text : windows1252(bytes)
  }

  /// UTF-16 if the bytes have its byte order mark or the zeros of its Latin letters, otherwise as
  /// `decode`.
  ///
  /// Trailing zeros are removed.
  static func decodeUnlabelled(_ bytes: ArraySlice<UInt8>) -> String {
    isUTF16(bytes)
      ? UTF16Text.decode(bytes, otherwiseBigEndian: true) : decode(withoutTrailingZeros(bytes))
  }

  private static func isUTF16(_ bytes: ArraySlice<UInt8>) -> Bool {
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) { return true }
    // In the text of a tool, every eighth character or more is Latin. Its zeros are all the first or all
    // the second byte.
    var zeros = [0, 0]
    for (position, byte) in withoutTrailingZeros(bytes).enumerated() where byte == 0 {
      zeros[position % 2] += 1
    }
    return zeros.contains(0) && zeros.contains { $0 > max(3, bytes.count / 16) }
  }

  /// Latin-1 with the letters and marks that Windows has in place of control characters.
  private static func windows1252(_ bytes: some Collection<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes {
      let isMark = (0x80...0x9F).contains(byte)
      text.append(isMark ? windowsMarks[Int(byte) - 0x80] : Unicode.Scalar(byte))
    }
    return String(text)
  }

  /// Windows-1252 from 0x80 to 0x9F, where five bytes are undefined and stay as they are.
  ///
  /// Source: https://encoding.spec.whatwg.org/index-windows-1252.txt
  private static let windowsMarks: [Unicode.Scalar] = [
    "\u{20AC}", "\u{81}", "\u{201A}", "\u{192}", "\u{201E}", "\u{2026}", "\u{2020}", "\u{2021}",
    "\u{2C6}", "\u{2030}", "\u{160}", "\u{2039}", "\u{152}", "\u{8D}", "\u{17D}", "\u{8F}",
    "\u{90}", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "\u{2022}", "\u{2013}", "\u{2014}",
    "\u{2DC}", "\u{2122}", "\u{161}", "\u{203A}", "\u{153}", "\u{9D}", "\u{17E}", "\u{178}",
  ]

  /// Each byte as the character with that number.
  static func latin1(_ bytes: some Collection<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Unicode.Scalar(byte)) }
    return String(text)
  }

  /// Without NUL characters at the end.
  static func withoutTrailingZeros(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    bytes.prefix((bytes.lastIndex { $0 != 0 } ?? bytes.startIndex - 1) - bytes.startIndex + 1)
  }
}
