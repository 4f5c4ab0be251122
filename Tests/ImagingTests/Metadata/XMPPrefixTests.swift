import TestRandomness
import Testing

@testable import SeedbankImaging

@Suite("Prefixes of an XMP block in a packet of another program")
struct XMPPrefixTests {
  private static let packet = XMPPacket(
    description: "new", subjects: ["a", "b"], rating: 5, creatorTool: "Seedbank 0",
    aiSystemUsed: "m", record: "{}")

  /// A packet with these declarations in its first descriptions.
  private static func foreign(_ declarations: [String]) -> String {
    let descriptions = declarations.map {
      "<rdf:Description><photoshop:City \($0)>x</photoshop:City></rdf:Description>\n"
    }
    return """
      <rdf:RDF xmlns:rdf="\(XMPNamespace.rdf)" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">
      \(descriptions.joined())</rdf:RDF>
      """
  }

  /// Whether no element has two attributes of one name, which XML does not allow.
  private static func isUnambiguous(_ node: XMLNode) -> Bool {
    Set(node.attributes.map(\.name)).count == node.attributes.count
      && node.children.allSatisfy(isUnambiguous)
  }

  private static func expectWhole(_ foreign: String) throws {
    let merged = try #require(XMPMerge.merge(packet, into: foreign))
    let root = try #require(XMLParser.parse(Array(merged.utf8)))
    #expect(isUnambiguous(root), "\(merged)")
    #expect(XMPPacket(reading: [merged]) == packet, "\(merged)")
    #expect(XMPMerge.merge(packet, into: merged) == merged)
  }

  @Test("one prefix of two namespaces is declared once")
  func oneForTwo() throws {
    try Self.expectWhole(
      Self.foreign([
        "xmlns:a=\"\(XMPNamespace.dublinCore)\"", "xmlns:a=\"\(XMPNamespace.xmp)\"",
      ]))
  }

  @Test("the usual prefix of another namespace is not declared twice")
  func usualPrefix() throws {
    try Self.expectWhole(Self.foreign(["xmlns:xmp=\"\(XMPNamespace.dublinCore)\""]))
  }

  @Test("a prefix of the packet is used if it has one namespace")
  func samePrefix() throws {
    let foreign = Self.foreign(["xmlns:xap=\"\(XMPNamespace.xmp)\""])
    let merged = try #require(XMPMerge.merge(Self.packet, into: foreign))
    #expect(merged.contains("<xap:Rating>5</xap:Rating>"))
  }

  @Test("a block is well-formed and read again in a packet with any prefixes")
  func anyPrefixes() throws {
    var random = SeededGenerator(seed: 71)
    let prefixes = ["a", "dc", "xmp", "seedbank", "xmpNote", "rdf", "xml", "2x", "é", "a&b", "dc2"]
    let namespaces = XMPNamespace.prefixes.map(\.namespace)
    for _ in 0..<300 {
      let declarations = (0..<4).map { _ in
        let chosen = prefixes.shuffled(using: &random).prefix(3)
        return chosen.map { prefix in
          "xmlns:\(prefix)=\"\(namespaces.randomElement(using: &random) ?? "")\""
        }.joined(separator: " ")
      }
      try Self.expectWhole(Self.foreign(declarations))
    }
  }
}
