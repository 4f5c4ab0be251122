/// A JSON text read into a tree of positions in its own bytes.
///
/// Positions, not copies: a reply holds base64 of many megabytes, and recorded bodies are edited in
/// place, so that what is not edited stays equal byte for byte. Strings are decoded when asked for.
struct JSONDocument: Sendable {
  /// Foreign text is read up to this depth of arrays and objects.
  static let depthLimit = 64
  /// A text of more values than this is refused: a value costs more memory than its bytes.
  static let valueLimit = 100_000

  let bytes: [UInt8]
  let node: JSONNode

  var root: JSONView { JSONView(bytes: bytes, node: node) }

  /// Reads RFC 8259 JSON; a byte order mark before it and NUL bytes after it are let pass.
  init(_ bytes: [UInt8]) throws(JSONFault) {
    self.bytes = bytes
    node = try bytes.withUnsafeBufferPointer { buffer throws(JSONFault) in
      var parser = JSONParser(buffer)
      return try parser.document()
    }
  }
}

/// Why bytes are no JSON text.
enum JSONFault: Error, Equatable, Sendable {
  case malformed(at: Int)
  case tooDeep
  case tooManyValues
}

/// One value's place in the bytes: `range` covers quotes and brackets too.
struct JSONNode: Sendable {
  let kind: JSONKind
  let range: Range<Int>
}

enum JSONKind: Sendable {
  case null
  case bool(Bool)
  case number
  /// `escaped`: a backslash occurs, so the bytes between the quotes are not yet the text.
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
