import SeedbankModel

/// A recorded reply for output, and the files that can be extracted from it.
package struct RecordedReply: Sendable {
  private let body: [UInt8]
  private let strings: [JSONView]

  /// For a longer string of base64, only the length is shown.
  static let shownLength = 256

  /// - Parameter body: The recorded body, which may not be JSON.
  package init(_ body: [UInt8]) {
    self.body = body
    strings = (try? JSONDocument(body)).map { Self.strings(in: $0.root) } ?? []
  }

  /// The reply without the signatures of links and without long base64.
  ///
  /// All other bytes are unchanged.
  package var text: [UInt8] {
    guard !strings.isEmpty else { return Array(Self.unsigned(body[...])) }
    var shown: [UInt8] = []
    var next = 0
    for string in strings {
      let content = string.content
      shown += body[next..<content.startIndex]
      shown += Self.shown(content)
      next = content.endIndex
    }
    return shown + body[next...]
  }

  /// One piece of base64 in a reply.
  package struct Payload: Sendable, Equatable {
    /// The decoded bytes; the characters themselves if it is damaged.
    package let bytes: [UInt8]
    /// Whether `bytes` are the decoded base64.
    package let isDecoded: Bool
  }

  /// All parts of the reply that look like the base64 of a file, in order.
  package var payloads: [Payload] {
    strings.compactMap { string in
      guard case .string(let escaped) = string.node.kind, Self.looksLikeBase64(string.content)
      else { return nil }
      let start = Self.payloadStart(string.content)
      let image = InlineImage(text: string.content[start...], escaped: escaped)
      if let bytes = try? image.decoded() { return Payload(bytes: bytes, isDecoded: true) }
      return Payload(bytes: Array(string.content[start...]), isDecoded: false)
    }
  }

  private static func strings(in view: JSONView) -> [JSONView] {
    if view.isString { return [view] }
    if let elements = view.elements { return elements.flatMap { strings(in: $0) } }
    return view.valuesByKey.map(\.value).flatMap { strings(in: $0) }
  }

  private static func shown(_ content: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard looksLikeBase64(content) else { return unsigned(content) }
    let start = payloadStart(content)
    let note = "(\(content.endIndex - start) characters of base64)"
    return content[content.startIndex..<start] + Array(note.utf8)
  }

  /// The start of the base64, after the head of a data URL.
  private static func payloadStart(_ content: ArraySlice<UInt8>) -> Int {
    guard content.starts(with: Array("data:".utf8)),
      let comma = content.prefix(200).firstIndex(of: UInt8(ascii: ","))
    else { return content.startIndex }
    return comma + 1
  }

  /// Whether a string is long and contains only characters of base64, line breaks and their escapes.
  private static func looksLikeBase64(_ content: ArraySlice<UInt8>) -> Bool {
    let payload = content[payloadStart(content)...]
    guard payload.count > shownLength else { return false }
    // The first bytes show whether it is a link or a text, so megabytes need not be read.
    return payload.prefix(4 * shownLength).allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"),
        UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "="), UInt8(ascii: "\\"), 0x0A, 0x0D:
        true
      default: false
      }
    }
  }

  /// The text without the query and fragment of each link, which contain signatures and tokens.
  static func unsigned(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var result: [UInt8] = []
    var rest = text
    while let scheme = firstLink(in: rest) {
      let end = rest[scheme...].firstIndex { $0 <= 0x20 || "\"<>'`".utf8.contains($0) }
      let link = rest[scheme..<(end ?? rest.endIndex)]
      result += rest[..<scheme]
      if let query = queryStart(of: link) {
        result += link[..<query] + Array("?…".utf8)
      } else {
        result += link
      }
      rest = rest[(end ?? rest.endIndex)...]
    }
    return result[...] + rest
  }

  /// The first `http:` or `https:`, in any case.
  private static func firstLink(in text: ArraySlice<UInt8>) -> Int? {
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] | 0x20 == UInt8(ascii: "h") {
        let word = text[index...].prefix(6).map { $0 | 0x20 }
        if word.starts(with: Array("https".utf8)) || word.starts(with: Array("http:".utf8)) {
          return index
        }
      }
      index += 1
    }
    return nil
  }

  /// The position of a `?` or a `#`, also in escapes of JSON or URLs.
  private static func queryStart(of link: ArraySlice<UInt8>) -> Int? {
    let marks = ["?", "#", "\\u003f", "\\u0023", "%3f", "%23"].map { Array($0.utf8) }
    return link.indices.first { index in
      marks.contains { mark in
        link[index...].prefix(mark.count).map { lowercased($0) } == mark
      }
    }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
