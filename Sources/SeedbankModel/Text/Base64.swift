/// Base64 of RFC 4648, sections 4 and 5.
package enum Base64 {
  /// The value of each character, or 0xFF.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 0xFF, count: 256)
    for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
    return values
  }()

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Bytes as base64 with padding.
  package static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for index in 0..<4 {
        let value = bits >> (18 - 6 * index) & 0x3F
        text.append(index <= group.count ? alphabet[value] : UInt8(ascii: "="))
      }
    }
    return text
  }

  /// Bytes as base64 with padding, for example bytes that are not text within JSON.
  package static func text(_ bytes: [UInt8]) -> String {
    String(decoding: encode(bytes), as: UTF8.self)
  }

  /// Decodes what `text` returns; nil for anything else.
  package static func bytes(_ text: String) -> [UInt8]? {
    if text.isEmpty { return [] }
    var text = text
    return try? text.withUTF8 { try strict($0) }
  }

  /// Decodes a payload in the forms of services: with line breaks and spaces, without padding, in
  /// both alphabets, or percent-encoded as in data URLs.
  ///
  /// Other characters, an impossible length and unused bits mean that it is damaged.
  package static func decode(_ text: UnsafeBufferPointer<UInt8>) throws(Base64Error) -> [UInt8] {
    // Nearly all payloads are plain, and some have many megabytes.
    if let bytes = try? strict(text) { return bytes }
    let plain = normalized(text)
    return try plain.withUnsafeBufferPointer { plain throws(Base64Error) in try strict(plain) }
  }

  /// The characters of the payload in the standard alphabet, padded to whole groups if padding is
  /// missing.
  private static func normalized(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(text.count + 2)
    var at = 0
    while at < text.count {
      let byte = text[at]
      at += 1
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D: continue
      case UInt8(ascii: "-"): plain.append(UInt8(ascii: "+"))
      case UInt8(ascii: "_"): plain.append(UInt8(ascii: "/"))
      case UInt8(ascii: "%"):
        let digits = String(decoding: text[at..<min(at + 2, text.count)], as: UTF8.self)
        guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else {
          plain.append(byte)
          continue
        }
        plain.append(value)
        at += 2
      default: plain.append(byte)
      }
    }
    if plain.last != UInt8(ascii: "="), plain.count % 4 > 1 {
      plain += repeatElement(UInt8(ascii: "="), count: 4 - plain.count % 4)
    }
    return plain
  }

  /// Decodes whole groups of four of the standard alphabet, padded at the end only.
  private static func strict(_ text: UnsafeBufferPointer<UInt8>) throws(Base64Error) -> [UInt8] {
    guard !text.isEmpty else { throw .empty }
    guard text.count % 4 == 0 else { throw .badLength }
    let padding = text.last != 0x3D ? 0 : text[text.count - 2] != 0x3D ? 1 : 2
    let whole = (text.count - (padding > 0 ? 4 : 0)) / 4
    var bytes: [UInt8] = []
    var bad: Int?
    values.withUnsafeBufferPointer { values in
      bytes = [UInt8](unsafeUninitializedCapacity: text.count / 4 * 3) { out, count in
        for group in 0..<whole {
          let at = group * 4
          let a = values[Int(text[at])]
          let b = values[Int(text[at + 1])]
          let c = values[Int(text[at + 2])]
          let d = values[Int(text[at + 3])]
          // A value above 63 has one of its two upper bits set.
          if (a | b | c | d) & 0xC0 != 0 {
            bad = at
            return
          }
          out[count] = a << 2 | b >> 4
          out[count + 1] = b << 4 | c >> 2
          out[count + 2] = c << 6 | d
          count += 3
        }
      }
    }
    if let bad { throw .badCharacter(near: bad) }
    if padding > 0 { bytes += try tail(text, from: whole * 4, padding: padding) }
    return bytes
  }

  private static func tail(
    _ text: UnsafeBufferPointer<UInt8>, from at: Int, padding: Int
  ) throws(Base64Error) -> [UInt8] {
    let a = values[Int(text[at])]
    let b = values[Int(text[at + 1])]
    let c = padding == 1 ? values[Int(text[at + 2])] : 0
    guard (a | b | c) & 0xC0 == 0 else { throw .badCharacter(near: at) }
    let leftOver = padding == 1 ? c & 0x03 : b & 0x0F
    guard leftOver == 0 else { throw .badCharacter(near: at) }
    let first = a << 2 | b >> 4
    return padding == 1 ? [first, b << 4 | c >> 2] : [first]
  }
}

/// Why a payload is not base64.
public enum Base64Error: Error, Equatable, Sendable {
  case empty
  /// An impossible length, for example because the payload was cut.
  case badLength
  /// The offset into the payload without white space, to within four characters.
  case badCharacter(near: Int)
}
