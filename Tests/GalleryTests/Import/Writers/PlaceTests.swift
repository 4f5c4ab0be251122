import SeedbankImaging
import Testing

@testable import SeedbankGallery

/// Tests of one text in A1111's form, in every place of a file where a tool or a converter writes
/// it.
@Suite("Places of metadata in a file")
struct PlaceTests {
  private static let words = """
    a ferry in fog, 霧
    Negative prompt: people
    Steps: 20, Sampler: Euler, CFG scale: 7, Seed: 5501, Size: 8x8, Model: m
    """

  typealias File = ForeignFile
  typealias Tag = ForeignFile.Tag

  private static let unicode = "UNICODE\0"
  private static let userComment = File.exif([.comment(unicode, File.utf16(words, big: true))])

  static let files: [(name: String, bytes: @Sendable () throws -> [UInt8])] = [
    ("tEXt", { try File.png([File.text("parameters", words)]) }),
    ("zTXt", { try File.png([File.compressedText("parameters", words)]) }),
    ("iTXt", { try File.png([File.internationalText("parameters", words)]) }),
    (
      "compressed iTXt",
      { try File.png([File.internationalText("parameters", words, compressed: true)]) }
    ),
    ("a chunk after the pixels", { try File.png([], late: [File.text("parameters", words)]) }),
    ("a chunk of another keyword", { try File.png([File.text("Description", words)]) }),
    (
      "Comment beside an empty place",
      { try File.png([File.text("parameters", "None"), File.text("Comment", words)]) }
    ),
    (
      "a chunk after a blank one of its keyword",
      {
        try File.png([
          File.internationalText("parameters", ""), File.internationalText("parameters", words),
        ])
      }
    ),
    ("eXIf", { try File.png([File.pngChunk("eXIf", userComment)]) }),
    ("raw profile exif", { try File.png([File.rawProfile("exif", exifHeader + userComment)]) }),
    ("raw profile APP1", { try File.png([File.rawProfile("APP1", exifHeader + userComment)]) }),
    (
      "raw profile APP1 with XMP",
      {
        let signature = Array("http://ns.adobe.com/xap/1.0/\0".utf8)
        return try File.png([File.rawProfile("APP1", signature + Array(described.utf8))])
      }
    ),
    ("raw profile xmp", { try File.png([File.rawProfile("xmp", Array(described.utf8))]) }),
    ("raw profile iptc", { try File.png([File.rawProfile("iptc", File.iptc([(120, words)]))]) }),
    ("XMP of PNG", { try File.png([File.internationalText("XML:com.adobe.xmp", described)]) }),
    (
      "UserComment, big-endian",
      { try File.jpeg([File.exifSegment(userComment)]) }
    ),
    (
      "UserComment, little-endian",
      {
        let block = File.exif([.comment(unicode, File.utf16(words, big: false))])
        return try File.jpeg([File.exifSegment(block)])
      }
    ),
    (
      "UserComment, UTF-8 behind the prefix of UTF-16",
      { try File.jpeg([File.exifSegment(File.exif([.comment(unicode, Array(words.utf8))]))]) }
    ),
    (
      "UserComment, ASCII",
      {
        let block = File.exif([.comment("ASCII\0\0\0", Array(words.utf8))])
        return try File.jpeg([File.exifSegment(block)])
      }
    ),
    (
      "UserComment, JIS",
      {
        let block = File.exif([.comment("JIS\0\0\0\0\0", Array(words.utf8))])
        return try File.jpeg([File.exifSegment(block)])
      }
    ),
    (
      "UserComment, undefined",
      {
        let block = File.exif([.comment("\0\0\0\0\0\0\0\0", Array(words.utf8))])
        return try File.jpeg([File.exifSegment(block)])
      }
    ),
    (
      "UserComment without a prefix",
      { try File.jpeg([File.exifSegment(File.exif([.comment("", Array(words.utf8))]))]) }
    ),
    (
      "ImageDescription",
      { try File.jpeg([File.exifSegment(File.exif([.ascii(0x10E, words)]))]) }
    ),
    ("XPComment", { try File.jpeg([File.exifSegment(File.exif([.windows(0x9C9C, words)]))]) }),
    ("XPTitle", { try File.jpeg([File.exifSegment(File.exif([.windows(0x9C9B, words)]))]) }),
    ("XPSubject", { try File.jpeg([File.exifSegment(File.exif([.windows(0x9C9F, words)]))]) }),
    ("JPEG comment", { try File.jpeg([File.segment(0xFE, Array(words.utf8))]) }),
    (
      "the second JPEG comment",
      {
        try File.jpeg([
          File.segment(0xFE, Array("CREATOR: gd-jpeg".utf8)), File.segment(0xFE, Array(words.utf8)),
        ])
      }
    ),
    ("IPTC caption", { try File.jpeg([File.iptcSegment([(120, words)])]) }),
    ("XMP of JPEG", { try File.jpeg([File.xmpSegment(described)]) }),
    (
      "XMP's exif:UserComment",
      {
        let packet = File.xmp(File.list("exif:UserComment", [words], container: "Alt"))
        return try File.jpeg([File.xmpSegment(packet)])
      }
    ),
    ("EXIF of WebP", { try File.webp([File.chunk("EXIF", userComment)], flags: 8) }),
    (
      "EXIF of WebP with JPEG's signature",
      { try File.webp([File.chunk("EXIF", exifHeader + userComment)], flags: 8) }
    ),
    ("XMP of WebP", { try File.webp([File.chunk("XMP ", Array(described.utf8))], flags: 4) }),
  ]

  private static let exifHeader = Array("Exif\0\0".utf8)
  private static let described = File.xmp(File.list("dc:description", [words], container: "Alt"))

  @Test("a text is read from every place", arguments: files.indices)
  func places(index: Int) throws {
    let (name, bytes) = Self.files[index]
    let metadata = try MetadataDocument(bytes()).metadata
    let record = try #require(ForeignRecord.read(ImageTexts(metadata)), "\(name)")
    #expect(record.tool == "a1111", "\(name)")
    #expect(record.prompt == "a ferry in fog, 霧", "\(name)")
    #expect(record.settings["negative_prompt"] == .string("people"), "\(name)")
    #expect(record.seed == 5501 && record.guidanceScale == 7 && record.model == "m", "\(name)")
    #expect(record.raw == Self.words, "\(name)")
  }

  @Test("a raw profile that is cut off or overlong is no profile")
  func damagedProfiles() throws {
    let metadata = try MetadataDocument(
      File.png([
        File.text("Raw profile type exif", "\nexif\n    999999999\n45786966"),
        File.text("Raw profile type xmp", "\nxmp\n  -4\n00"),
        File.text("Raw profile type iptc", "iptc"),
      ])
    ).metadata
    #expect(metadata.exif == nil && metadata.xmp == nil && metadata.iptc == nil)
    #expect(ForeignRecord.read(ImageTexts(metadata)) == nil)
  }

  @Test("a further text with the same keyword is kept under a number")
  func repeatedKeyword() throws {
    let texts = ["a camera", "a camera", " ", "a studio"].map { File.text("Author", $0) }
    let metadata = try MetadataDocument(File.png(texts)).metadata
    let record = try #require(ForeignRecord.read(ImageTexts(metadata)))
    #expect(
      record.settings == ["author": .string("a camera"), "author_2": .string("a studio")])
  }

  @Test("ComfyUI's graph is read from the chunks of its own in an animated PNG file")
  func animatedPNG() throws {
    var graph = ComfyGraphBuilder.started()
    graph.sample(graph.text("a ferry"), graph.text("people"))
    graph.save()
    let chunks = [("prompt", graph.prompt()), ("workflow", graph.workflow().text)].map {
      File.pngChunk("comf", Array("\($0)\0\($1)".utf8))
    }
    let metadata = try MetadataDocument(File.png([], late: chunks)).metadata
    let record = try #require(ForeignRecord.read(ImageTexts(metadata)))
    #expect(record.tool == "comfyui" && record.prompt == "a ferry" && record.seed == 7)
    #expect(record.settings["workflow"] != nil)
  }

  @Test("Content Credentials give only the name of the tool")
  func credentials() throws {
    func manifest(_ words: String) -> [UInt8] { Array("\0\0\0\u{20}jumb".utf8) + Array(words.utf8) }
    let source = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    let made = try MetadataDocument(
      File.png([File.pngChunk("caBX", manifest("ChatGPT OpenAI Media Service API \(source)"))]))
    let record = try #require(ForeignRecord.read(ImageTexts(made.metadata)))
    #expect(record.tool == "chatgpt" && record.prompt.isEmpty && record.seed == nil)
    let camera = try MetadataDocument(
      File.png([File.pngChunk("caBX", manifest("Google LLC digitalCapture"))]))
    #expect(ForeignRecord.read(ImageTexts(camera.metadata)) == nil)
  }
}
