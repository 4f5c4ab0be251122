import FilePaths
import Testing

@testable import SeedbankModel
@testable import SeedbankQuery

@Suite("References to generations")
struct ReferenceTests {
  @Test(
    "every text is exactly one kind of reference",
    arguments: [
      ("1234", Reference.id(GenerationID(1234), image: nil)),
      ("1234.2", .id(GenerationID(1234), image: 2)), ("#31", .id(GenerationID(31), image: nil)),
      ("#31.2", .id(GenerationID(31), image: 2)), ("id:31", .id(GenerationID(31), image: nil)),
      ("@last", .last(0)), ("@last~3", .last(3)),
      ("@last~", .last(1)), ("sha256:ABcd", .digest("abcd")),
      ("019932a0-7bf8", .uid("019932a07bf8")), ("01993200", .uid("01993200")),
      ("019932A07BF87CB38000000000000001", .uid("019932a07bf87cb38000000000000001")),
    ])
  func kinds(text: String, reference: Reference) {
    #expect(Reference(text) == reference)
  }

  @Test(
    "other texts are paths",
    arguments: [
      "cat.png", "./1234", "face", "cafe", "1234.png", "1234.0", "@first", "@last~x", "sha256:",
      "sha256:xyz", "#", "#0031", "id:", "id:x", "##3",
      "sha256:" + String(repeating: "a", count: 65), "",
      "deadbeef.jpg", "1.2.3", "-5", "١٢٣",
    ])
  func paths(text: String) {
    #expect(Reference(text) == .file(FilePath(text)))
  }
}
