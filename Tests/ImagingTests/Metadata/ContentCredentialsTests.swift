import Testing

@testable import SeedbankImaging

struct ContentCredentialsTests {
  private func signed(_ encoding: ImageEncoding) throws -> [UInt8] {
    let file = try MetadataFiles.plain(encoding)
    switch encoding.format {
    case .jpeg:
      let box = Array("JP".utf8) + [0, 1, 0, 0, 0, 1, 0, 0, 0, 40] + Array("jumb".utf8)
      return Array(file[..<2]) + JPEGMetadata.segment(0xEB, box + Array("c2pa".utf8))
        + Array(file[2...])
    case .png:
      var chunk = PNGBuilder(bytes: [])
      chunk.chunk("caBX", Array("....jumb".utf8))
      return Array(file[..<33]) + chunk.bytes + Array(file[33...])
    case .webp, .gif, .avif, .heic, .jxl:
      let body = Array(file[8...]) + Array("C2PA".utf8) + [4, 0, 0, 0, 1, 2, 3, 4]
      return Array("RIFF".utf8) + body.count.littleEndianBytes(4) + body
    }
  }

  @Test(
    "a signed file is never edited",
    arguments: [ImageEncoding.jpeg(quality: 90), .png(), .losslessWebP])
  func refused(encoding: ImageEncoding) throws {
    let file = try signed(encoding)
    let document = try MetadataDocument(file)
    #expect(document.metadata.hasContentCredentials)
    #expect(throws: MetadataError.contentCredentials(encoding.format)) {
      try document.embedding(ProvenanceCopies(xmp: XMPPacket(description: "x")))
    }
    let bare = try document.stripping().applied(to: file)
    #expect(try !MetadataDocument(bare).metadata.hasContentCredentials)
    #expect(throws: Never.self) { try Picture.decode(bare) }
  }
}
