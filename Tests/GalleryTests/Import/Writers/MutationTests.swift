import TestRandomness
import Testing

@testable import SeedbankGallery

/// Tests of damaged texts of tools: reading always ends, and everything that is read can be stored.
@Suite("Damaged texts of tools")
struct MutationTests {
  private static func mutated(_ text: String, _ random: inout SeededGenerator) -> String {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.remove(at: place)
      case 2:
        bytes.insert(contentsOf: Array("\n,:\"{}[]\\<&".utf8).shuffled(using: &random), at: place)
      default: bytes.removeLast(min(bytes.count - 1, place))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func check(_ texts: ImageTexts) {
    guard let record = ForeignRecord.read(texts) else { return }
    #expect(!record.tool.isEmpty)
    #expect(JSONValue(parsing: JSONValue.object(record.settings).text) != nil)
    #expect(ForeignRecord.read(texts) == record)
  }

  @Test("texts of every tool", arguments: WriterTests.samples)
  func writers(sample: WriterTests.Sample) {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<60 {
      var texts = sample.texts
      texts.chunks = texts.chunks.mapValues { Self.mutated($0, &random) }
      texts.userComment = texts.userComment.map { Self.mutated($0, &random) }
      texts.caption = texts.caption.map { Self.mutated($0, &random) }
      texts.comment = texts.comment.map { Self.mutated($0, &random) }
      texts.xmpTexts = texts.xmpTexts.map { Self.mutated($0, &random) }
      check(texts)
    }
  }

  @Test("XMP packets of other programs")
  func packets() {
    var random = SeededGenerator(seed: 6)
    let packet = ForeignFile.xmp(
      ForeignFile.list("dc:subject", ["a/b;c", "d"])
        + ForeignFile.list("lr:hierarchicalSubject", ["a|b"])
        + "<xmp:Rating>4</xmp:Rating><xmp:CreateDate>2024-05-01T12:34:56.2+09:00</xmp:CreateDate>")
    for _ in 0..<2000 {
      let personal = PersonalMetadata(xmp: Self.mutated(packet, &random))
      #expect(personal.tags.count <= PersonalMetadata.mostTags)
      #expect(personal.tags.allSatisfy { $0.description.utf8.count <= 200 })
      #expect(personal.rating.map { (1...5).contains($0) } ?? true)
    }
  }

  @Test("logs of Fooocus")
  func logs() {
    var random = SeededGenerator(seed: 7)
    for (file, text, _) in SidecarTests.tools where file == "log.html" {
      for _ in 0..<1000 {
        _ = FooocusLog(Array(Self.mutated(text, &random).utf8))?.record(of: "a.png")
      }
    }
  }

  @Test("hostile texts are read in time")
  func hostile() {
    for piece in [
      "Steps: 1, ", "a: [", "a: \"", "teps:", "Steps:", "\nSteps: 1", "--a ", "; Model:",
    ] {
      let text = String(repeating: piece, count: 4_000)
      check(ImageTexts(chunks: ["parameters": text]))
      check(ImageTexts(chunks: ["parameters": "Include in Image: " + text]))
    }
  }
}
