extension RequestHead {
  /// Reads a head with its blank line.
  ///
  /// It accepts less than HTTP allows. A request that a proxy could read differently is an error, so that
  /// no request can be hidden in another one (RFC 9112, section 11.2).
  /// - Throws: `RequestHeadError`.
  init(parsing bytes: some Collection<UInt8>) throws(RequestHeadError) {
    var lines = try Self.lines(Array(bytes))[...]
    guard let first = lines.popFirst(), lines.popLast()?.isEmpty == true else { throw .malformed }
    let request = try RequestLine(first)
    var fields: [Field] = []
    for line in lines { fields.append(try Field(line)) }
    func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }
    // A proxy or a browser could decide by the last value, and this server by the first.
    guard Self.singleFields.allSatisfy({ values($0).count <= 1 }), !values("host").isEmpty else {
      throw .malformed
    }
    let lengths = values("content-length")
    let isEncoded = !values("transfer-encoding").isEmpty
    guard !isEncoded || lengths.isEmpty else { throw .malformed }
    let connection = values("connection").flatMap { $0.split(separator: ",") }.map {
      $0.drop { $0 == " " }.lowercased()
    }
    self.init(
      method: request.method, path: request.path, query: request.query, fields: fields,
      contentLength: try lengths.first.map(Self.length) ?? 0, lacksLength: isEncoded,
      closesConnection: request.isVersion10 || connection.contains { $0.hasPrefix("close") })
  }

  /// The fields that decide about a request, which only one value can do.
  private static let singleFields = [
    "host", "content-length", "content-type", "authorization", "origin", "sec-fetch-site", "expect",
    "range", "if-range",
  ]

  /// The lines without their ends.
  ///
  /// A line that does not end with CR LF is an error.
  private static func lines(_ bytes: [UInt8]) throws(RequestHeadError) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case HTTPByte.lineFeed:
        guard index > start, bytes[index - 1] == HTTPByte.carriageReturn else { throw .malformed }
        lines.append(bytes[start..<(index - 1)])
        start = index + 1
      case HTTPByte.carriageReturn:
        guard index + 1 < bytes.count, bytes[index + 1] == HTTPByte.lineFeed else {
          throw .malformed
        }
      default: break
      }
    }
    guard start == bytes.count else { throw .malformed }
    return lines
  }

  private static func length(_ text: String) throws(RequestHeadError) -> Int {
    let isNumber = (1...15).contains(text.utf8.count) && text.utf8.allSatisfy(HTTPByte.isDigit)
    guard isNumber, let length = Int(text) else { throw .malformed }
    return length
  }
}

/// The first line of a request.
private struct RequestLine {
  let method: String
  let path: String
  let query: String?
  let isVersion10: Bool

  init(_ line: ArraySlice<UInt8>) throws(RequestHeadError) {
    let parts = line.split(separator: HTTPByte.space, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(HTTPByte.isToken) else {
      throw .malformed
    }
    method = String(decoding: parts[0], as: UTF8.self)
    // Only a path is accepted, because a whole address contains a second host.
    let isServerWide = method == "OPTIONS" && parts[1].elementsEqual("*".utf8)
    guard parts[1].first == UInt8(ascii: "/") || isServerWide,
      parts[1].allSatisfy({ $0 > HTTPByte.space && $0 < 0x7F && $0 != UInt8(ascii: "#") })
    else { throw .malformed }
    let target = String(decoding: parts[1], as: UTF8.self)
    let mark = target.firstIndex(of: "?")
    path = String(target[..<(mark ?? target.endIndex)])
    query = mark.map { String(target[target.index(after: $0)...]) }
    switch String(decoding: parts[2], as: UTF8.self) {
    case "HTTP/1.1": isVersion10 = false
    case "HTTP/1.0": isVersion10 = true
    case let other where other.hasPrefix("HTTP/"): throw .unsupportedVersion
    default: throw .malformed
    }
  }
}

extension RequestHead.Field {
  /// Reads one line.
  ///
  /// A continuation line, which starts with a space, is an error.
  fileprivate init(_ line: ArraySlice<UInt8>) throws(RequestHeadError) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
      line[..<colon].allSatisfy(HTTPByte.isToken)
    else { throw .malformed }
    func isBlank(_ byte: UInt8) -> Bool { byte == HTTPByte.space || byte == HTTPByte.tab }
    var value = line[(colon + 1)...].drop(while: isBlank)
    while let last = value.last, isBlank(last) { value.removeLast() }
    guard value.allSatisfy({ $0 >= HTTPByte.space && $0 != 0x7F || $0 == HTTPByte.tab }) else {
      throw .malformed
    }
    name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
    self.value = String(decoding: value, as: UTF8.self)
  }
}

/// The bytes with a meaning in HTTP.
enum HTTPByte {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Whether a method or the name of a field may contain the byte (RFC 9110, section 5.6.2).
  static func isToken(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || "!#$%&'*+-.^_`|~".utf8.contains(byte)
  }
}
