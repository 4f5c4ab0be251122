import TestRandomness
import Testing

@testable import SeedbankImaging

struct StripTests {
  @Test("no metadata is left, and the image is the same")
  func nothingLeft() throws {
    var random = SeededGenerator(seed: 51)
    for (name, file) in try MetadataFiles.all() {
      for size in [nil, 90_000] {
        let copies = RandomText.copies(&random, long: size)
        let written = try MetadataDocument(file).embedding(copies).applied(to: file) + [1, 2, 3]
        #expect(try MetadataDocument(written).containsMetadata())
        let bare = try MetadataDocument(written).stripping().applied(to: written)
        let document = try MetadataDocument(bare)
        #expect(try !document.containsMetadata(), "\(name)")
        #expect(document.metadata.parameters == nil && document.metadata.xmp == nil)
        #expect(document.metadata.texts.isEmpty && document.metadata.comments.isEmpty)
        let before = try Picture.decode(written)
        let after = try Picture.decode(bare)
        #expect(after.stored == before.stored, "\(name)")
        #expect(after.header.orientation == before.header.orientation, "\(name)")
        for word in ["Seedbank", "ACME", "Somebody", "8BIM", "prVt", "ODDS", "tIME", "Steps"] {
          #expect(bare.withUnsafeBytes { $0.firstIndex(ofASCII: word) } == nil, "\(name) \(word)")
        }
      }
    }
  }

  @Test("metadata between the scans of a progressive JPEG is found")
  func betweenScans() throws {
    let file = Fixtures.progressiveJPEG
    let comment = JPEGMetadata.segment(0xFE, Array("between".utf8))
    let start = try #require(file.withUnsafeBytes { JPEGLayout($0) }.scanStart)
    let second = try #require(
      (start + 4..<file.count - 1).first {
        file[$0] == 0xFF && [0xC4, 0xDA].contains(file[$0 + 1])
      })
    let salted = Array(file[..<second]) + comment + Array(file[second...])
    let document = try MetadataDocument(salted)
    #expect(try document.containsMetadata())
    #expect(try document.stripping().applied(to: salted) == file)
  }

  @Test("an incomplete container is not edited")
  func broken() throws {
    for (name, file) in try MetadataFiles.all() {
      let cut = Array(file.prefix(file.count / 2))
      let document = try MetadataDocument(cut)
      #expect(throws: MetadataError.damagedContainer(document.format), "\(name)") {
        try document.stripping()
      }
    }
  }
}
