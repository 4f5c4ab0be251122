/// One property of an XMP packet, of any schema.
public struct XMPProperty: Equatable, Sendable {
  /// The address of the namespace.
  public let namespace: String
  /// The local name, without a prefix.
  public let name: String
  /// One value, or the values of a list.
  ///
  /// For alternatives in several languages, the default is first. Empty for structures.
  public let values: [String]

  /// All properties of a packet, in the order of the text; none if it cannot be read.
  public static func all(in packet: String) -> [XMPProperty] {
    guard let root = XMLParser.parse(Array(packet.utf8)), let rdf = root.first(.rdfRoot) else {
      return []
    }
    return rdf.children.filter { $0.name == .rdfDescription }.flatMap(properties)
  }

  private static func properties(of description: XMLNode) -> [XMPProperty] {
    let attributes = description.attributes.compactMap { attribute -> XMPProperty? in
      let name = description.name(of: attribute)
      guard isProperty(name, attribute) else { return nil }
      return XMPProperty(namespace: name.namespace, name: name.local, values: [attribute.value])
    }
    let elements = description.children.map { element in
      XMPProperty(
        namespace: element.name.namespace, name: element.name.local, values: values(of: element))
    }
    return attributes + elements
  }

  /// Not `rdf:about`, `xml:lang` or a namespace's declaration.
  static func isProperty(_ name: XMLNode.Name, _ attribute: XMLNode.Attribute) -> Bool {
    !name.namespace.isEmpty && name.namespace != XMPNamespace.rdf
      && !attribute.name.hasPrefix("xmlns") && !attribute.name.hasPrefix("xml:")
  }

  private static func values(of element: XMLNode) -> [String] {
    guard let container = element.children.first else { return [element.text] }
    let items = container.children.filter { $0.name == .rdfItem && $0.children.isEmpty }
    let isDefault = { (item: XMLNode) in
      item.attributes.contains { $0.name == "xml:lang" && $0.value == "x-default" }
    }
    return items.filter(isDefault).map(\.text) + items.filter { !isDefault($0) }.map(\.text)
  }
}
