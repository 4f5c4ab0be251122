// The texts of tools are mostly ASCII, where each byte is a character. Reading bytes is many times as fast as finding
// the boundaries of characters. All results are the same as by characters.

extension StringProtocol {
  /// Returns what `body` makes of the bytes if each of them is a character; otherwise nil.
  func withASCII<Value>(_ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value? {
    // CR LF is one character.
    utf8.withContiguousStorageIfAvailable { bytes in
      bytes.allSatisfy { $0 < 0x80 && $0 != 0x0D } ? body(bytes) : nil
    } ?? nil
  }
}

extension Substring {
  /// The first colon that is a character of its own.
  var firstColon: Index? {
    let colon = UInt8(ascii: ":")
    guard let found = utf8.firstIndex(of: colon) else { return nil }
    // Marks beside it can belong to the same character.
    let next = utf8.index(after: found)
    guard next == endIndex || utf8[next] < 0x80,
      found == startIndex || utf8[utf8.index(before: found)] < 0x80
    else { return firstIndex(of: ":") }
    return found
  }

  /// The first character that ends a line.
  ///
  /// Such a character never contains others, except CR LF.
  var firstNewline: Index? {
    unicodeScalars.firstIndex { scalar in
      switch scalar.value {
      case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
      default: false
      }
    }
  }
}

extension UInt8 {
  var isASCIIWhitespace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

  var isASCIIDigit: Bool { (0x30...0x39).contains(self) }

  var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }

  /// The lower-case letter of an upper-case one; itself otherwise.
  var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
