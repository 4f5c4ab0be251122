/// Adds Seedbank's properties to a packet of another program.
///
/// Its bytes stay the same, except for the properties that Seedbank writes, because a property may
/// occur only once in a packet.
enum XMPMerge {
  /// The packet with Seedbank's block at the end; nil if the foreign packet cannot be read.
  ///
  /// `extended` is the name of the extended part, if there is one.
  static func merge(
    _ packet: XMPPacket, extended: String? = nil, into foreign: String?
  ) -> String? {
    guard let foreign else { return document(holding: packet.block(extended: extended)) }
    let names = packet.names.union([.hasExtendedXMP])
    guard let cleared = removing(names, from: foreign) else { return nil }
    var bytes = Array(cleared.utf8)
    guard let rdf = XMLParser.parse(bytes)?.first(.rdfRoot) else { return nil }
    let block = packet.block(extended: extended, prefixes: prefixes(in: rdf)) + "\n"
    let end = rdf.range.upperBound
    if rdf.content.upperBound < end {
      bytes.insert(contentsOf: Array(block.utf8), at: rdf.content.upperBound)
    } else {
      // `<rdf:RDF/>` gets an end tag.
      let tag = bytes[(rdf.range.lowerBound + 1)...].prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
      let text = ">" + block + "</" + String(decoding: tag, as: UTF8.self) + ">"
      bytes.replaceSubrange(end - 2..<end, with: Array(text.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The prefixes that a packet uses for its namespaces.
  ///
  /// Adobe's toolkit, and so exiv2, refuses a packet with two prefixes for one namespace.
  private static func prefixes(in node: XMLNode) -> [String: String] {
    var found: [String: String] = [:]
    for attribute in node.attributes where attribute.name.hasPrefix("xmlns:") {
      found[attribute.value] = String(attribute.name.dropFirst(6))
    }
    return node.children.reduce(into: found) { found, child in
      found.merge(prefixes(in: child)) { first, _ in first }
    }
  }

  /// A new packet around a block (XMP specification part 1, 7.3.2).
  static func document(holding block: String) -> String {
    """
    <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
    <x:xmpmeta xmlns:x="adobe:ns:meta/">
    <rdf:RDF xmlns:rdf="\(XMPNamespace.rdf)">
    \(block)
    </rdf:RDF>
    </x:xmpmeta>
    <?xpacket end="w"?>
    """
  }

  /// The packet without these properties and without Seedbank's earlier block; nil if it cannot be read.
  static func removing(_ names: Set<XMLNode.Name>, from packet: String) -> String? {
    let bytes = Array(packet.utf8)
    guard let rdf = XMLParser.parse(bytes)?.first(.rdfRoot) else { return nil }
    let removed = rdf.children.filter { $0.name == .rdfDescription }.flatMap { description in
      ranges(of: names, in: description, bytes)
    }
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var position = 0
    for range in removed.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      kept += bytes[position..<range.lowerBound]
      position = range.upperBound
    }
    kept += bytes[position...]
    return String(decoding: kept, as: UTF8.self)
  }

  /// Whether other properties would remain without these.
  static func holdsMore(than names: Set<XMLNode.Name>, in packet: String) -> Bool {
    XMPProperty.all(in: packet).contains { property in
      !names.contains(.init(namespace: property.namespace, local: property.name))
    }
  }

  private static func ranges(
    of names: Set<XMLNode.Name>, in description: XMLNode, _ bytes: [UInt8]
  ) -> [Range<Int>] {
    let attributes = description.attributes.filter {
      XMPProperty.isProperty(description.name(of: $0), $0)
    }
    let present = Set(attributes.map(description.name(of:)) + description.children.map(\.name))
    // Seedbank's block contains the record or its part of the extended packet, and no other properties.
    let isOurs =
      description.attributes.contains { $0.value == XMPNamespace.seedbank }
      && present.isSubset(of: XMPPacket.allNames)
    if isOurs || (!present.isEmpty && present.isSubset(of: names)) {
      return [withLineFeed(description.range, bytes)]
    }
    return attributes.filter { names.contains(description.name(of: $0)) }.map(\.range)
      + description.children.filter { names.contains($0.name) }.map(\.range)
  }

  /// Seedbank's block ends with a line feed, which is removed too.
  private static func withLineFeed(_ range: Range<Int>, _ bytes: [UInt8]) -> Range<Int> {
    let end = range.upperBound
    return end < bytes.count && bytes[end] == 0x0A ? range.lowerBound..<end + 1 : range
  }
}
