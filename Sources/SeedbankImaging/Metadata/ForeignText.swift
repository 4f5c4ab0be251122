/// Decodes text of unknown encoding.
enum ForeignText {
  /// UTF-8 if the bytes are valid UTF-8, otherwise Latin-1.
  ///
  /// PNG's tEXt requires Latin-1, but many programs write UTF-8.
  static func decode(_ bytes: some Collection<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self) ?? latin1(bytes)
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
