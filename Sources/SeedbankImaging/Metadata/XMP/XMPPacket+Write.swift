extension XMPPacket {
  /// The part for the extended packet of a JPEG, if one segment is not sufficient: texts of any length.
  var longPart: XMPPacket {
    XMPPacket(
      description: description, subjects: subjects, aiPromptInformation: aiPromptInformation,
      record: record)
  }

  var shortPart: XMPPacket {
    XMPPacket(
      rating: rating, creatorTool: creatorTool, createDate: createDate,
      digitalSourceType: digitalSourceType, aiSystemUsed: aiSystemUsed,
      aiSystemVersionUsed: aiSystemVersionUsed)
  }

  /// The properties that this packet sets.
  var names: Set<XMLNode.Name> {
    var names: Set<XMLNode.Name> = []
    if description != nil { names.insert(.description) }
    if !subjects.isEmpty { names.insert(.subject) }
    if rating != nil { names.insert(.rating) }
    names.formUnion(simple.filter { $0.value != nil }.map(\.name))
    return names
  }

  /// All properties that Seedbank may write.
  static let allNames: Set<XMLNode.Name> = [
    .description, .subject, .rating, .creatorTool, .createDate, .digitalSourceType,
    .aiSystemUsed, .aiSystemVersionUsed, .aiPromptInformation, .record, .hasExtendedXMP,
  ]

  /// One rdf:Description with all properties and namespace declarations, so that it is valid in any
  /// packet.
  ///
  /// `extended` is the name of the extended part, if there is one. `prefixes` are the prefixes of
  /// the packet around it.
  func block(extended: String? = nil, prefixes: [String: String] = [:]) -> String {
    let elements = elements(extended: extended)
    // Always with Seedbank's own namespace, by which the block is recognized.
    let used = Set(elements.map(\.name.namespace)).union([XMPNamespace.seedbank])
    let declared = XMPNamespace.prefixes.filter { used.contains($0.namespace) }
    let chosen = XMPPrefixes.chosen(for: declared, in: prefixes)
    let declarations = declared.map { " xmlns:\(chosen[$0.namespace] ?? "")=\"\($0.namespace)\"" }
    let lines = elements.map { element in
      let tag = "\(chosen[element.name.namespace] ?? ""):\(element.name.local)"
      return "<\(tag)>\(element.content)</\(tag)>\n"
    }
    return "<rdf:Description rdf:about=\"\" xmlns:rdf=\"\(XMPNamespace.rdf)\""
      + declarations.joined() + ">\n" + lines.joined() + "</rdf:Description>"
  }

  /// The properties as elements with escaped content.
  private func elements(extended: String?) -> [(name: XMLNode.Name, content: String)] {
    var elements: [(name: XMLNode.Name, content: String)] = []
    if let description {
      let item = "<rdf:li xml:lang=\"x-default\">\(XMLText.escape(description))</rdf:li>"
      elements.append((.description, "<rdf:Alt>\(item)</rdf:Alt>"))
    }
    if !subjects.isEmpty {
      let items = subjects.map { "<rdf:li>\(XMLText.escape($0))</rdf:li>" }.joined()
      elements.append((.subject, "<rdf:Bag>\(items)</rdf:Bag>"))
    }
    if let rating { elements.append((.rating, String(rating))) }
    for property in simple {
      if let value = property.value { elements.append((property.name, XMLText.escape(value))) }
    }
    if let extended { elements.append((.hasExtendedXMP, extended)) }
    return elements
  }

  private var simple: [(name: XMLNode.Name, value: String?)] {
    [
      (.creatorTool, creatorTool),
      (.createDate, createDate),
      (.digitalSourceType, digitalSourceType),
      (.aiSystemUsed, aiSystemUsed),
      (.aiSystemVersionUsed, aiSystemVersionUsed),
      (.aiPromptInformation, aiPromptInformation),
      (.record, record.map(XMLText.xmlSafe(json:))),
    ]
  }
}
