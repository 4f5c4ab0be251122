/// Decodes text of unknown encoding.
enum ForeignText {
  /// UTF-8 if the bytes are valid UTF-8, otherwise Latin-1.
  ///
  /// PNG's tEXt requires Latin-1, but many programs write UTF-8.
  static func decode(_ bytes: some Collection<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self) ?? latin1(bytes)
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
