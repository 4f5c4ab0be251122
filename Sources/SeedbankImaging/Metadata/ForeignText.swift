/// Text of unknown encoding, read as the writers in the wild mean it.
enum ForeignText {
  /// UTF-8 where the bytes are UTF-8, else Latin-1: what PNG's tEXt prescribes, and what many
  /// write into it nevertheless.
  static func decode(_ bytes: some Collection<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self) ?? latin1(bytes)
  }

  /// Every byte as the character of that number.
  static func latin1(_ bytes: some Collection<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Unicode.Scalar(byte)) }
    return String(text)
  }

  /// Without the zeros that C programs leave at the end.
  static func withoutTrailingZeros(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    bytes.prefix((bytes.lastIndex { $0 != 0 } ?? bytes.startIndex - 1) - bytes.startIndex + 1)
  }
}
