/// A small parser for foreign XML.
///
/// It is strict about structure and ignores document types, so that no foreign entity is expanded.
struct XMLParser {
  private let bytes: [UInt8]
  private var offset = 0
  private var nodes = 0
  private var attributeCount = 0
  /// The maximum depth: deeper than any XMP, but not too deep for the stack.
  private static let maxDepth = 64
  private static let maxNodes = 100_000
  /// The maximum number of attributes, including declarations of namespaces.
  private static let maxAttributes = 200_000

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The root element; nil if it is not well-formed.
  static func parse(_ bytes: [UInt8]) -> XMLNode? {
    var parser = XMLParser(bytes)
    guard parser.skipToElement() else { return nil }
    let outer = XMLNamespaces(["xml": "http://www.w3.org/XML/1998/namespace"])
    return parser.element(depth: 0, inherited: outer)
  }

  private func at(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { bytes[offset...].starts(with: $0) }
  }

  /// Moves after the next `text`.
  ///
  /// Returns false if there is none.
  private mutating func skip(past text: StaticString) -> Bool {
    while offset < bytes.count {
      if at(text) {
        offset += text.utf8CodeUnitCount
        return true
      }
      offset += 1
    }
    return false
  }

  /// Skips the parts before the root: byte order mark, processing instructions, comments, white space.
  private mutating func skipToElement() -> Bool {
    while offset < bytes.count {
      if at("<?") {
        guard skip(past: "?>") else { return false }
      } else if at("<!--") {
        guard skip(past: "-->") else { return false }
      } else if at("<!") {
        return false
      } else if at("<") {
        return true
      } else {
        offset += 1
      }
    }
    return false
  }

  private mutating func element(depth: Int, inherited: XMLNamespaces) -> XMLNode? {
    nodes += 1
    guard depth < Self.maxDepth, nodes <= Self.maxNodes else { return nil }
    let start = offset
    offset += 1
    guard let qualified = readName() else { return nil }
    var attributes: [XMLNode.Attribute] = []
    var declared: [String: String] = [:]
    while let attribute = readAttribute() {
      attributeCount += 1
      guard attributeCount <= Self.maxAttributes else { return nil }
      if attribute.name == "xmlns" {
        declared[""] = attribute.value
      } else if attribute.name.hasPrefix("xmlns:") {
        declared[String(attribute.name.dropFirst(6))] = attribute.value
      }
      attributes.append(attribute)
    }
    let namespaces = declared.isEmpty ? inherited : XMLNamespaces(declared, inside: inherited)
    skipSpace()
    var node = XMLNode(
      name: Self.resolve(qualified, namespaces), attributes: attributes, namespaces: namespaces,
      range: start..<start, content: start..<start)
    if at("/>") {
      offset += 2
      node.range = start..<offset
      node.content = offset..<offset
      return node
    }
    guard at(">") else { return nil }
    offset += 1
    let contentStart = offset
    guard readContent(of: &node, depth: depth) else { return nil }
    let contentEnd = offset
    offset += 2
    guard readName() == qualified else { return nil }
    skipSpace()
    guard at(">") else { return nil }
    offset += 1
    node.content = contentStart..<contentEnd
    node.range = start..<offset
    return node
  }

  /// Reads up to the end tag's `</`.
  private mutating func readContent(of node: inout XMLNode, depth: Int) -> Bool {
    while offset < bytes.count {
      if at("</") { return true }
      if at("<![CDATA[") {
        let start = offset + 9
        guard skip(past: "]]>") else { return false }
        node.text += String(decoding: bytes[start..<offset - 3], as: UTF8.self)
      } else if at("<!--") {
        guard skip(past: "-->") else { return false }
      } else if at("<?") {
        guard skip(past: "?>") else { return false }
      } else if at("<") {
        guard let child = element(depth: depth + 1, inherited: node.namespaces) else {
          return false
        }
        node.children.append(child)
      } else {
        let start = offset
        offset = bytes[offset...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        node.text += XMLText.unescape(bytes[start..<offset])
      }
    }
    return false
  }

  private mutating func readAttribute() -> XMLNode.Attribute? {
    let before = offset
    skipSpace()
    let start = offset
    guard let name = readName() else { return nil }
    skipSpace()
    guard at("=") else {
      offset = before
      return nil
    }
    offset += 1
    skipSpace()
    guard offset < bytes.count, bytes[offset] == 0x22 || bytes[offset] == 0x27,
      let end = bytes[(offset + 1)...].firstIndex(of: bytes[offset])
    else {
      offset = before
      return nil
    }
    let value = XMLText.unescape(bytes[offset + 1..<end])
    offset = end + 1
    return XMLNode.Attribute(name: name, value: value, range: start..<offset)
  }

  private mutating func readName() -> String? {
    let start = offset
    while offset < bytes.count, !Self.endsName(bytes[offset]) { offset += 1 }
    return start == offset ? nil : String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private mutating func skipSpace() {
    while offset < bytes.count, Self.isSpace(bytes[offset]) { offset += 1 }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// White space and `/ > = < " '`.
  private static func endsName(_ byte: UInt8) -> Bool {
    isSpace(byte) || [0x2F, 0x3E, 0x3D, 0x3C, 0x22, 0x27].contains(byte)
  }

  private static func resolve(_ name: String, _ namespaces: XMLNamespaces) -> XMLNode.Name {
    let parts = name.split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else {
      return XMLNode.Name(namespace: namespaces[""] ?? "", local: name)
    }
    return XMLNode.Name(namespace: namespaces[String(parts[0])] ?? "", local: String(parts[1]))
  }
}
