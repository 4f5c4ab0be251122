/// An absolute http or https URL in parts, without changes to its text.
///
/// Signed URLs stop working if their percent-encoding is normalized, so the request target is kept
/// unchanged.
struct WebAddress: Equatable, Sendable {
  enum Scheme: String, Sendable {
    case http, https

    var port: Int { self == .http ? 80 : 443 }
  }

  let scheme: Scheme
  /// The host as given.
  ///
  /// IPv6 addresses keep their brackets.
  let host: String
  let port: Int?
  /// Path and query, with a slash at the start.
  ///
  /// The fragment is removed, because it is never sent.
  let target: String

  /// The whole address for the HTTP library.
  var url: String { origin.dropLast() + target }
  /// Scheme, host and port alone, with a slash at the end.
  var origin: String { "\(scheme.rawValue)://\(host)" + (port.map { ":\($0)" } ?? "") + "/" }

  init(_ text: String) throws(WebAddressError) {
    let text = text.trimmedASCII
    guard let colon = text.firstIndex(of: ":") else { throw .noScheme }
    guard let scheme = Scheme(rawValue: text[..<colon].lowercased()) else { throw .scheme }
    let rest = text[text.index(after: colon)...]
    guard rest.hasPrefix("//") else { throw .host }
    let authorityAndTarget = rest.dropFirst(2)
    let end = authorityAndTarget.firstIndex { "/?#\\".contains($0) } ?? authorityAndTarget.endIndex
    let authority = authorityAndTarget[..<end]
    guard !authority.contains("@") else { throw .userInfo }
    (host, port) = try Self.split(authority)
    self.scheme = scheme
    target = try Self.target(authorityAndTarget[end...])
  }

  /// The offset of path and query in the text of an address, in bytes.
  static func targetOffset(in text: String) -> Int? {
    guard let authority = text.firstRange(of: "://")?.upperBound else { return nil }
    let target = text[authority...].firstIndex { "/?#\\".contains($0) } ?? text.endIndex
    return text.utf8.distance(from: text.startIndex, to: target)
  }

  private static func split(_ authority: Substring) throws(WebAddressError) -> (String, Int?) {
    let hostEnd =
      authority.first == "["
      ? authority.firstIndex(of: "]").map { authority.index(after: $0) }
      : authority.firstIndex(of: ":") ?? authority.endIndex
    guard let hostEnd, hostEnd > authority.startIndex else { throw .host }
    let host = String(authority[..<hostEnd])
    guard Host(host) != nil else { throw .host }
    let rest = authority[hostEnd...]
    if rest.isEmpty || rest == ":" { return (host, nil) }
    guard rest.first == ":", rest.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let port = Int(rest.dropFirst()), (1...65535).contains(port)
    else { throw .port }
    return (host, port)
  }

  /// The bytes as given.
  ///
  /// Spaces and non-ASCII characters are percent-encoded, as browsers do, because a request line
  /// cannot contain them. A control character is refused, because it could start a second request.
  private static func target(_ text: Substring) throws(WebAddressError) -> String {
    let sent = text.utf8.prefix { $0 != UInt8(ascii: "#") }
    var target: [UInt8] = []
    if sent.first != UInt8(ascii: "/") { target.append(UInt8(ascii: "/")) }
    for byte in sent {
      switch byte {
      case 0x21...0x7E: target.append(byte)
      case 0x20, 0x80...: target += [UInt8(ascii: "%")] + hex(byte)
      default: throw .controlCharacter
      }
    }
    return String(decoding: target, as: UTF8.self)
  }

  private static func hex(_ byte: UInt8) -> [UInt8] {
    Array(String(byte, radix: 16, uppercase: true).utf8)
  }
}

/// Why a text is not an address for requests.
///
/// It never contains the text, which may be signed.
public enum WebAddressError: Error, Equatable, Sendable {
  case noScheme
  /// Neither http nor https.
  case scheme
  case host
  case port
  /// A user name or password stands before the host.
  case userInfo
  case controlCharacter
}

extension String {
  /// Without the spaces and line ends around it.
  fileprivate var trimmedASCII: Substring {
    let start = drop { $0 == " " || $0.isNewline || $0 == "\t" }
    guard let end = start.lastIndex(where: { $0 != " " && !$0.isNewline && $0 != "\t" }) else {
      return ""
    }
    return start[...end]
  }
}
