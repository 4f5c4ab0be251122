/// One element of a parsed XML text, with its position.
struct XMLNode {
  struct Attribute {
    let name: String
    let value: String
    /// From its name to its closing quote.
    let range: Range<Int>
  }

  /// Namespace and local name.
  struct Name: Hashable {
    let namespace: String
    let local: String
  }

  var name: Name
  var attributes: [Attribute]
  /// The prefixes inside this element.
  var namespaces: XMLNamespaces
  /// From `<` of its start tag to `>` of its end tag, in bytes.
  var range: Range<Int>
  /// Between start tag and end tag.
  var content: Range<Int>
  /// Its own text with resolved entities, without the text of its children.
  var text = ""
  var children: [XMLNode] = []

  /// The attribute's full name; an attribute without a prefix has no namespace.
  func name(of attribute: Attribute) -> Name {
    let parts = attribute.name.split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else { return Name(namespace: "", local: attribute.name) }
    return Name(namespace: namespaces[String(parts[0])] ?? "", local: String(parts[1]))
  }

  /// This element or the first one inside with the name.
  func first(_ wanted: Name) -> XMLNode? {
    if name == wanted { return self }
    for child in children {
      if let found = child.first(wanted) { return found }
    }
    return nil
  }
}
