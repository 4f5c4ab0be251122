import Testing

@testable import SeedbankImaging

struct XMPTests {
  @Test("MD5 computes the digests of RFC 1321")
  func md5() {
    #expect(MD5.name(of: []) == "D41D8CD98F00B204E9800998ECF8427E")
    #expect(MD5.name(of: Array("abc".utf8)) == "900150983CD24FB0D6963F7D28E17F72")
    #expect(
      MD5.name(
        of: Array(
          "12345678901234567890123456789012345678901234567890123456789012345678901234567890".utf8))
        == "57EDF4A22BE3C955AC49DA2E2107B67A")
  }

  @Test("a record keeps characters that XML cannot contain")
  func recordOfAnyCharacter() {
    let record = "{\"prompt\":\"\u{FFFE}\u{1}\u{FFFF}\"}"
    let read = XMPPacket(reading: [XMPPacket(record: record).document])
    #expect(read.record == "{\"prompt\":\"\\ufffe\\u0001\\uffff\"}")
    let text = XMPPacket(reading: [XMPPacket(description: "a\u{0}b\u{FFFE}").document])
    #expect(text.description == "a\u{FFFD}b\u{FFFD}")
  }

  @Test("attributes, elements, lists and languages are read with any prefixes")
  func forms() {
    let packet = """
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description rdf:about="" xmlns:q="http://ns.adobe.com/xap/1.0/" q:Rating="4.0"
       xmlns="http://purl.org/dc/elements/1.1/">
      <q:CreatorTool><![CDATA[A <tool> & more]]></q:CreatorTool>
      <description><rdf:Alt><rdf:li xml:lang="de">Katze</rdf:li>
      <rdf:li xml:lang="x-default">cat &#x1F63A; &lt;</rdf:li></rdf:Alt></description>
      <subject><rdf:Bag><rdf:li>a</rdf:li><rdf:li>b</rdf:li></rdf:Bag></subject>
      </rdf:Description></rdf:RDF>
      """
    let read = XMPPacket(reading: [packet])
    #expect(read.rating == 4 && read.creatorTool == "A <tool> & more")
    #expect(read.description == "cat 😺 <" && read.subjects == ["a", "b"])
  }

  @Test(
    "a packet that is not XML reads as nothing and is not written into",
    arguments: [
      "", "<", "<rdf:RDF", "<a><b></a>", "<!DOCTYPE x [<!ENTITY e \"e\">]><a/>", "<a b=c/>",
      String(repeating: "<a>", count: 5000), "<a>&#xFFFFFFFFFF;&#xD800;</a>",
    ])
  func malformed(packet: String) {
    #expect(XMPPacket(reading: [packet]) == XMPPacket())
    #expect(XMPMerge.merge(XMPPacket(description: "x"), into: packet) == nil)
  }

  @Test(
    "a packet without white space and without other properties is written into",
    arguments: [
      """
      ><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"\
       xmp:CreateDate="2024-05-01T12:34:56Z"/></rdf:RDF>
      """, "></rdf:RDF>", "/>", " />",
    ])
  func compact(rest: String) throws {
    let foreign = #"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#""# + rest
    let packet = XMPPacket(description: "new", createDate: "2026-11-05T08:04:59Z")
    let merged = try #require(XMPMerge.merge(packet, into: foreign))
    #expect(XMPPacket(reading: [merged]) == packet)
    #expect(XMPMerge.merge(packet, into: merged) == merged)
  }

  @Test("a property occurs only once, and others keep their bytes")
  func merging() throws {
    let packet = XMPPacket(description: "new", rating: 5)
    let merged = try #require(XMPMerge.merge(packet, into: MetadataFiles.foreignPacket))
    #expect(XMPPacket(reading: [merged]).rating == 5)
    #expect(XMPProperty.all(in: merged).filter { $0.name == "Rating" }.count == 1)
    #expect(merged.contains("<photoshop:Headline>Kept &amp; quoted</photoshop:Headline>"))
    let again = try #require(XMPMerge.merge(packet, into: merged))
    #expect(again == merged)
    let other = try #require(XMPMerge.merge(XMPPacket(description: "other"), into: merged))
    #expect(XMPPacket(reading: [other]) == XMPPacket(description: "other"))
  }
}
