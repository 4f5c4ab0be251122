import Testing

@testable import SeedbankImaging

@Suite("Limits for metadata of hostile files")
struct MetadataLimitTests {
  @Test("an element stores only its own namespaces, however many are declared around it")
  func namespaces() throws {
    let declared = (0..<5_000).map { " xmlns:n\($0)=\"urn:\($0)\"" }.joined()
    let child = "<n7:x xmlns:a=\"urn:a\" a:y=\"\"/>"
    // With all namespaces in each element, this text needs several gigabytes.
    let text = "<n0:r\(declared)>" + String(repeating: child, count: 20_000) + "</n0:r>"
    let root = try #require(XMLParser.parse(Array(text.utf8)))
    #expect(root.children.count == 20_000)
    let last = try #require(root.children.last)
    #expect(last.name == XMLNode.Name(namespace: "urn:7", local: "x"))
    let name = last.name(of: last.attributes[1])
    #expect(name == XMLNode.Name(namespace: "urn:a", local: "y"))
    #expect(root.namespaces["a"] == nil)
  }

  @Test("an inner namespace has priority over an outer one of the same prefix")
  func innerNamespace() throws {
    let text = "<a:r xmlns:a=\"urn:1\"><a:x xmlns:a=\"urn:2\"/><a:y/></a:r>"
    let root = try #require(XMLParser.parse(Array(text.utf8)))
    #expect(root.children.map(\.name.namespace) == ["urn:2", "urn:1"])
  }

  @Test("XMP with too many attributes is not read")
  func attributes() {
    func text(_ count: Int) -> [UInt8] {
      Array(("<r" + String(repeating: " a=''", count: count) + "/>").utf8)
    }
    let isRead = [200_000, 200_001].map { XMLParser.parse(text($0)) != nil }
    #expect(isRead == [true, false])
  }

  @Test("the end of an XMP packet in a GIF is looked for once")
  func packets() throws {
    let header: [UInt8] = Array("GIF89a".utf8) + [1, 0, 1, 0, 0, 0, 0]
    let block: [UInt8] = [0x21, 0xFF, 11] + Array("XMP DataXMP".utf8) + [0]
    // A reader that looks for each end needs hours.
    let blocks = Array(repeatElement(block, count: 100_000).joined())
    let file: [UInt8] = header + blocks + [0x3B]
    #expect(try MetadataDocument(file).metadata.xmp == nil)
    let packet = Array("<x/><?xpacket end=\"w\"?>".utf8)
    let whole: [UInt8] = header + block.dropLast() + packet + [0, 0x3B]
    #expect(try MetadataDocument(whole).metadata.xmp == "<x/><?xpacket end=\"w\"?>")
  }

  @Test("a compressed text that cannot be read to its end counts towards the limit too")
  func failedTexts() {
    var budget = InflateBudget()
    let whole = compressed([UInt8](repeating: 65, count: 8 << 20))
    let start = budget.left
    let damaged = budget.inflate(whole.dropLast(8))
    #expect(damaged == nil)
    #expect(start - budget.left > 4 << 20)
    for _ in 0..<20 { _ = budget.inflate(whole.dropLast(8)) }
    #expect(budget.left == 0)
    let late = budget.inflate(compressed([1]))
    #expect(late == nil)
  }
}
