/// A JSON text, parsed into a tree of positions in its bytes.
///
/// It stores positions, not copies, because a reply can contain many megabytes of base64, and recorded
/// bodies are edited in place, so that all other bytes stay the same. Strings are decoded when they are
/// used.
struct JSONDocument: Sendable {
  /// Foreign text is read up to this depth of arrays and objects.
  static let depthLimit = 64
  /// A text of more values than this is refused: a value costs more memory than its bytes.
  static let valueLimit = 100_000

  let bytes: [UInt8]
  let node: JSONNode

  var root: JSONView { JSONView(bytes: bytes, node: node) }

  /// Reads RFC 8259 JSON.
  ///
  /// A byte order mark before it and NUL bytes after it are accepted.
  init(_ bytes: [UInt8]) throws(JSONFault) {
    self.bytes = bytes
    node = try bytes.withUnsafeBufferPointer { buffer throws(JSONFault) in
      var parser = JSONParser(buffer)
      return try parser.document()
    }
  }
}

/// Why bytes are not a JSON text.
enum JSONFault: Error, Equatable, Sendable {
  case malformed(at: Int)
  case tooDeep
  case tooManyValues
}

/// The position of one value in the bytes.
///
/// `range` includes quotes and brackets.
struct JSONNode: Sendable {
  let kind: JSONKind
  let range: Range<Int>
}

enum JSONKind: Sendable {
  case null
  case bool(Bool)
  case number
  /// `escaped`: whether it contains a backslash, so that the bytes between the quotes must be decoded.
  case string(escaped: Bool)
  case array([JSONNode])
  case object([JSONMember])
}

struct JSONMember: Sendable {
  let key: String
  /// From the key's opening quote to the value's end.
  let range: Range<Int>
  let value: JSONNode
}
