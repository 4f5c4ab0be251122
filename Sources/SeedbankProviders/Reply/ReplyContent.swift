import SeedbankModel

/// The kind of a reply's body, from its bytes, because the type in the header is often wrong.
enum ReplyContent {
  /// A JSON object or array, as services write them.
  case json(JSONView)
  /// HTML, XML or plain text, as proxies and web servers write them.
  case page
  case empty
  /// Incomplete or damaged JSON.
  case damaged

  init(_ body: [UInt8]) {
    switch Self.beginning(of: body) {
    case nil:
      self = .empty
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      self = (try? JSONDocument(body).root).map { .json($0) } ?? .damaged
    default:
      self = .page
    }
  }

  /// The object, or the array that may be a list of images.
  var root: JSONView? {
    if case .json(let root) = self { root } else { nil }
  }

  /// The object, which alone can carry messages, ids and statuses.
  var object: JSONView? { root.flatMap { $0.isObject ? $0 : nil } }

  var isPage: Bool {
    if case .page = self { true } else { false }
  }

  /// Whether a body is HTML or XML.
  static func isMarkup(_ body: [UInt8]) -> Bool { beginning(of: body) == UInt8(ascii: "<") }

  /// The first byte after white space and a byte order mark.
  private static func beginning(of body: [UInt8]) -> UInt8? {
    let text = body.starts(with: [0xEF, 0xBB, 0xBF]) ? body.dropFirst(3) : body[...]
    return text.first { ![0x20, 0x0A, 0x0D, 0x09, 0x00].contains($0) }
  }
}
