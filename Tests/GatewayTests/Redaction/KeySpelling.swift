import Foundation
import TestRandomness

/// Ways in which a service may echo a key.
///
/// It writes random encodings of a key, and finds the key in any of them by decoding. The product
/// uses another method.
enum KeySpelling: CaseIterable {
  case raw, slashes, unicode, everyUnicode, percent, everyPercent, doublePercent, percentInJSON
  case references, base64, urlSafeBase64, unpaddedBase64, base64Inside, base64Lines, percentBase64
  case base64OfEscaped, jsonInJSON

  func write(_ key: String, using random: inout SeededGenerator) -> String {
    switch self {
    case .raw: key
    case .slashes: key.utf8.map(Self.json).joined().replacing("/", with: #"\/"#)
    case .unicode:
      Self.map(key, using: &random) {
        Bool.random(using: &$1) ? Self.unicode($0, &$1) : Self.json($0)
      }
    case .everyUnicode: Self.map(key, using: &random) { Self.unicode($0, &$1) }
    case .percent:
      Self.map(key, using: &random) {
        Bool.random(using: &$1) ? Self.percent($0, &$1) : Self.query($0, &$1)
      }
    case .everyPercent: Self.map(key, using: &random) { Self.percent($0, &$1) }
    case .doublePercent:
      Self.map(key, using: &random) { Self.percent($0, &$1).replacing("%", with: "%25") }
    case .percentInJSON:
      Self.map(key, using: &random) {
        Self.percent($0, &$1).replacing("%", with: Bool.random(using: &$1) ? "\\u0025" : "%")
      }
    case .references:
      Self.map(key, using: &random) { byte, random in
        switch Int.random(in: 0..<3, using: &random) {
        case 0: "&#\(byte);"
        case 1: "&#x" + String(byte, radix: 16) + ";"
        default: "&#0\(byte);"
        }
      }
    case .base64: Data(key.utf8).base64EncodedString()
    case .urlSafeBase64:
      Data("user:\(key)".utf8).base64EncodedString()
        .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    case .unpaddedBase64: Data(key.utf8).base64EncodedString().replacing("=", with: "")
    case .base64Inside:
      Data(
        (String("abcdefgh".prefix(Int.random(in: 0..<8, using: &random))) + key
          + String("tail".prefix(Int.random(in: 0..<4, using: &random)))).utf8
      ).base64EncodedString()
    case .base64Lines:
      Data(("x".repeated(Int.random(in: 50..<60, using: &random)) + key).utf8)
        .base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed])
        .replacing("\n", with: "\\n")
    case .percentBase64:
      Data("u:\(key)".utf8).base64EncodedString()
        .replacing("+", with: "%2B").replacing("/", with: "%2f").replacing("=", with: "%3D")
    case .base64OfEscaped:
      Data("{\"k\":\"\(Self.slashes.write(key, using: &random))\"}".utf8).base64EncodedString()
    case .jsonInJSON:
      Self.map(key, using: &random) { byte, random in
        Bool.random(using: &random)
          ? "\\" + Self.unicode(byte, &random) : Self.json(byte).replacing("\\", with: #"\\"#)
      }
    }
  }

  private static func map(
    _ key: String, using random: inout SeededGenerator,
    _ spell: (UInt8, inout SeededGenerator) -> String
  ) -> String {
    key.utf8.map { spell($0, &random) }.joined()
  }

  private static func json(_ byte: UInt8) -> String {
    let text = String(Unicode.Scalar(byte))
    return text == "\"" || text == "\\" ? "\\" + text : text
  }

  private static func unicode(_ byte: UInt8, _ random: inout SeededGenerator) -> String {
    "\\u00" + hex(byte, &random)
  }

  private static func percent(_ byte: UInt8, _ random: inout SeededGenerator) -> String {
    "%" + hex(byte, &random)
  }

  /// Returns the byte unchanged if it may be in a query and in a JSON text, and otherwise with a
  /// percent sign.
  private static func query(_ byte: UInt8, _ random: inout SeededGenerator) -> String {
    "\"\\%#& ".utf8.contains(byte) ? percent(byte, &random) : String(Unicode.Scalar(byte))
  }

  private static func hex(_ byte: UInt8, _ random: inout SeededGenerator) -> String {
    String(byte, radix: 16, uppercase: Bool.random(using: &random))
  }

  // MARK: Search

  /// Returns whether the text contains the key, after up to three decodings in any order.
  static func holds(_ key: String, in text: String) -> Bool {
    var seen: Set<[UInt8]> = []
    var texts: Set<[UInt8]> = [Array(text.utf8)]
    let needle = Data(key.utf8)
    for _ in 0...3 {
      for bytes in texts where Data(bytes).range(of: needle) != nil { return true }
      seen.formUnion(texts)
      let decoded = texts.flatMap {
        [unescaped($0), unpercented($0), unreferenced($0)] + base64($0)
      }
      texts = Set(decoded).subtracting(seen)
    }
    return false
  }

  private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
    decoded(bytes, lead: "\\") { rest in
      guard let letter = rest.first else { return nil }
      if letter == UInt8(ascii: "u") {
        return number(rest.dropFirst().prefix(4), 4, 16).map { ($0, 5) }
      }
      if letter == UInt8(ascii: "n") { return (0x0A, 1) }
      return (letter, 1)
    }
  }

  private static func unpercented(_ bytes: [UInt8]) -> [UInt8] {
    decoded(bytes, lead: "%") { number($0.prefix(2), 2, 16).map { ($0, 2) } }
  }

  private static func unreferenced(_ bytes: [UInt8]) -> [UInt8] {
    decoded(bytes, lead: "&") { rest in
      guard rest.first == UInt8(ascii: "#"), let end = rest.prefix(8).firstIndex(of: 0x3B) else {
        return nil
      }
      let isHex = rest.dropFirst().first == UInt8(ascii: "x")
      let digits = rest[..<end].dropFirst(isHex ? 2 : 1)
      return number(digits, digits.count, isHex ? 16 : 10).map { ($0, end - rest.startIndex + 1) }
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>, _ count: Int, _ radix: Int) -> UInt8? {
    digits.count == count ? UInt8(String(decoding: digits, as: UTF8.self), radix: radix) : nil
  }

  private static func decoded(
    _ bytes: [UInt8], lead: Unicode.Scalar, _ read: (ArraySlice<UInt8>) -> (UInt8, Int)?
  ) -> [UInt8] {
    var result: [UInt8] = []
    var at = 0
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: lead), let (byte, length) = read(bytes[(at + 1)...]) {
        result.append(byte)
        at += 1 + length
      } else {
        result.append(bytes[at])
        at += 1
      }
    }
    return result
  }

  /// Returns each run of base64, decoded from each of its first four characters.
  private static func base64(_ bytes: [UInt8]) -> [[UInt8]] {
    let plain = bytes.compactMap { byte -> UInt8? in
      switch byte {
      case 0x0A, 0x0D: nil
      case UInt8(ascii: "-"): UInt8(ascii: "+")
      case UInt8(ascii: "_"): UInt8(ascii: "/")
      default: byte
      }
    }
    let runs = plain.split { byte in
      !(0x30...0x39).contains(byte) && !(0x41...0x5A).contains(byte)
        && !(0x61...0x7A).contains(byte) && byte != 0x2B && byte != 0x2F
    }
    return runs.filter { $0.count >= 10 }.flatMap { run in
      (0..<4).compactMap { offset in
        let text = run.dropFirst(offset)
        let whole = text.prefix(text.count / 4 * 4)
        let rest = text.dropFirst(whole.count)
        let tail =
          rest.count > 1 ? Array(rest) + [UInt8](repeating: 0x3D, count: 4 - rest.count) : []
        return Data(base64Encoded: Data(whole + tail)).map { Array($0) }
      }
    }
  }
}

extension String {
  fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
