/// A JSON text, parsed into a tree of positions in its bytes.
///
/// It stores positions, not copies, because a reply can contain many megabytes of base64, and recorded
/// bodies are edited in place, so that all other bytes stay the same. Strings are decoded when they are
/// used.
package struct JSONDocument: Sendable {
  package let bytes: [UInt8]
  package let node: JSONNode

  package var root: JSONView { JSONView(bytes: bytes, node: node) }

  /// Reads RFC 8259 JSON, and what the dialect accepts beside it.
  ///
  /// A byte order mark before it and NUL bytes after it are accepted.
  package init(_ bytes: [UInt8], _ dialect: JSONDialect = .standard) throws(JSONFault) {
    self.bytes = bytes
    node = try bytes.withUnsafeBufferPointer { buffer throws(JSONFault) in
      var parser = JSONParser(buffer, dialect)
      return try parser.document()
    }
  }
}

/// Why bytes are not a JSON text.
package enum JSONFault: Error, Equatable, Sendable {
  case malformed(at: Int)
  case tooDeep
  case tooManyValues
}

/// The position of one value in the bytes.
///
/// `range` includes quotes and brackets.
package struct JSONNode: Sendable {
  package let kind: JSONKind
  package let range: Range<Int>
}

package enum JSONKind: Sendable {
  case null
  case bool(Bool)
  case number
  /// `escaped`: whether it contains a backslash, so that the bytes between the quotes must be decoded.
  case string(escaped: Bool)
  case array([JSONNode])
  case object([JSONMember])
}

package struct JSONMember: Sendable {
  package let key: String
  /// From the key's opening quote to the value's end.
  package let range: Range<Int>
  package let value: JSONNode
}
