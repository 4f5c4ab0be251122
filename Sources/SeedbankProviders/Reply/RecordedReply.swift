/// A recorded reply as a person may see it, and what can be taken out of it.
public struct RecordedReply: Sendable {
  private let body: [UInt8]
  private let strings: [JSONView]

  /// A longer string of base64 is shown by its length.
  static let shownLength = 256

  /// - Parameter body: As it is recorded; it need not be JSON.
  public init(_ body: [UInt8]) {
    self.body = body
    strings = (try? JSONDocument(body)).map { Self.strings(in: $0.root) } ?? []
  }

  /// The reply without what signs its links, and with long base64 left out; every other byte is as it
  /// came.
  public var text: [UInt8] {
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
  public struct Payload: Sendable, Equatable {
    /// What it decodes to; the characters themselves if it is damaged.
    public let bytes: [UInt8]
    /// Whether `bytes` are the decoded base64.
    public let isDecoded: Bool
  }

  /// Everything in the reply that looks like the base64 of a file, in its order.
  public var payloads: [Payload] {
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
    return view.children.flatMap { strings(in: $0) }
  }

  private static func shown(_ content: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard looksLikeBase64(content) else { return unsigned(content) }
    let start = payloadStart(content)
    let note = "(\(content.endIndex - start) characters of base64)"
    return content[content.startIndex..<start] + Array(note.utf8)
  }

  /// Where the base64 begins: behind the head of a data URL.
  private static func payloadStart(_ content: ArraySlice<UInt8>) -> Int {
    guard content.starts(with: Array("data:".utf8)),
      let comma = content.prefix(200).firstIndex(of: UInt8(ascii: ","))
    else { return content.startIndex }
    return comma + 1
  }

  /// Whether a string is long and has the characters of base64 only, line breaks and their escapes
  /// included.
  private static func looksLikeBase64(_ content: ArraySlice<UInt8>) -> Bool {
    let payload = content[payloadStart(content)...]
    guard payload.count > shownLength else { return false }
    // A link or a text shows itself at once; megabytes need not be looked at for it.
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

  /// The text without the query and fragment of each link: that is where signatures and tokens stand.
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

  /// Where a `?` or a `#` stands, in JSON's escapes or a URL's too.
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

extension JSONView {
  /// The values of an object's members, in their order.
  fileprivate var children: [JSONView] {
    members.map { JSONView(bytes: bytes, node: $0.value) }
  }
}
