/// One value of a document, with accessors for each type.
package struct JSONView: Sendable {
  package let bytes: [UInt8]
  package let node: JSONNode

  /// The value of a key.
  ///
  /// If a key is repeated, the last value is used, as in most parsers. A null counts as missing.
  package subscript(key: String) -> JSONView? {
    guard let member = members.last(where: { $0.key == key }) else { return nil }
    if case .null = member.value.kind { return nil }
    return view(member.value)
  }

  package var members: [JSONMember] {
    guard case .object(let members) = node.kind else { return [] }
    return members
  }

  /// The members of an object with their values, in their order; a key can come more than once.
  package var valuesByKey: [(key: String, value: JSONView)] {
    members.map { ($0.key, view($0.value)) }
  }

  package var isObject: Bool {
    if case .object = node.kind { true } else { false }
  }

  package var isNull: Bool {
    if case .null = node.kind { true } else { false }
  }

  package var isString: Bool {
    if case .string = node.kind { true } else { false }
  }

  package var elements: [JSONView]? {
    guard case .array(let elements) = node.kind else { return nil }
    return elements.map(view)
  }

  package var bool: Bool? {
    guard case .bool(let value) = node.kind else { return nil }
    return value
  }

  package var string: String? {
    guard case .string = node.kind else { return nil }
    return bytes.withUnsafeBufferPointer { JSONEscapes.text($0, of: node) }
  }

  package var number: Double? {
    guard case .number = node.kind else { return nil }
    return Double(source)
  }

  package var integer: Int64? {
    guard case .number = node.kind else { return nil }
    return Int64(source) ?? number.flatMap { Int64(exactly: $0) }
  }

  /// The exact text of the value in the document.
  package var source: String { String(decoding: bytes[node.range], as: UTF8.self) }

  /// Whether the bytes of a string begin with ASCII text, without decoding megabytes of it.
  package func begins(with prefix: String) -> Bool {
    guard isString else { return false }
    return content.prefix(prefix.utf8.count).elementsEqual(prefix.utf8)
  }

  /// The bytes between the quotes of a string, with escapes.
  package var content: ArraySlice<UInt8> {
    guard isString else { return [] }
    return bytes[(node.range.lowerBound + 1)..<(node.range.upperBound - 1)]
  }

  private func view(_ node: JSONNode) -> JSONView { JSONView(bytes: bytes, node: node) }
}
