/// A host in a URL, and whether it is on this computer or this network link.
struct Host: Equatable, Sendable {
  enum Nearness: Sendable {
    /// This machine.
    case loopback
    /// Link-local addresses, such as those of cloud metadata services.
    case link
    case elsewhere
  }

  let nearness: Nearness

  /// Takes a name of letters, digits, dots, hyphens and underscores, an IPv4 address, or an IPv6
  /// address in brackets.
  init?(_ text: String) {
    if text.hasPrefix("["), text.hasSuffix("]") {
      guard let nearness = Self.sixNearness(text.dropFirst().dropLast().lowercased()) else {
        return nil
      }
      self.nearness = nearness
      return
    }
    let allowed = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
      default: false
      }
    }
    guard allowed, !text.isEmpty, text.utf8.count <= 253, text.first != "." else { return nil }
    nearness = Self.nameNearness(text.lowercased())
  }

  private static func nameNearness(_ name: String) -> Nearness {
    let name = name.hasSuffix(".") ? String(name.dropLast()) : name
    if name == "localhost" || name.hasSuffix(".localhost") { return .loopback }
    // Short and hexadecimal spellings ("127.1", "0x7f000001", "2130706433") reach the same machine.
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.map(number)
    guard !numbers.contains(nil), parts.count <= 4 else { return .elsewhere }
    return fourNearness(numbers.compactMap(\.self))
  }

  private static func number(_ text: Substring) -> UInt32? {
    if text.hasPrefix("0x") { return UInt32(text.dropFirst(2), radix: 16) }
    if text.hasPrefix("0"), text.count > 1 { return UInt32(text, radix: 8) }
    return UInt32(text)
  }

  /// The last part of a short spelling fills all remaining bytes.
  private static func fourNearness(_ parts: [UInt32]) -> Nearness {
    guard let last = parts.last else { return .elsewhere }
    var address: UInt64 = 0
    for part in parts.dropLast() { address = address << 8 | UInt64(part & 0xFF) }
    address = address << UInt64(8 * (5 - parts.count)) | UInt64(last)
    let first = (address >> 24) & 0xFF
    if first == 127 { return .loopback }
    if first == 0 || (address >> 16) & 0xFFFF == 0xA9FE { return .link }
    return .elsewhere
  }

  private static func sixNearness(_ text: String) -> Nearness? {
    guard !text.isEmpty, text.utf8.count <= 45,
      text.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }), text.contains(":")
    else { return nil }
    // An IPv4 address inside ("::ffff:127.0.0.1") counts as that address.
    if text.contains("."), let tail = text.split(separator: ":").last {
      return nameNearness(String(tail))
    }
    let significant = text.filter { $0 != ":" && $0 != "0" }
    if significant == "1", text.hasSuffix("1") { return .loopback }
    if significant.isEmpty || text.hasPrefix("fe8") { return .link }
    if text.hasPrefix("::ffff:7f") { return .loopback }
    if text.hasPrefix("::ffff:a9fe") { return .link }
    return .elsewhere
  }
}
