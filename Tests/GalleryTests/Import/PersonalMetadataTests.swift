import SeedbankImaging
import SeedbankModel
import Testing

@testable import SeedbankGallery

@Suite("People's own metadata")
struct PersonalMetadataTests {
  typealias File = ForeignFile

  private func read(_ segments: [[UInt8]]) throws -> PersonalMetadata {
    PersonalMetadata(try MetadataDocument(File.jpeg(segments)).metadata)
  }

  private func xmp(_ properties: String) -> PersonalMetadata {
    PersonalMetadata(xmp: File.xmp(properties))
  }

  @Test("keywords of all programs become tags, with slashes for hierarchies")
  func tags() throws {
    let packet = File.xmp(
      File.list("dc:subject", ["zebra", "two  words", "a;b"])
        + File.list("lr:hierarchicalSubject", ["animals|striped|zebra"])
        + File.list("digiKam:TagsList", ["places/Oslo"], container: "Seq")
        + "<xmp:Label>Red</xmp:Label>")
    let personal = try read([
      File.exifSegment(File.exif([.windows(0x9C9E, "sea;Zebra; pier ")])),
      File.xmpSegment(packet), File.iptcSegment([(25, "harbour"), (25, "sea")]),
    ])
    #expect(
      personal.tags.map(\.description) == [
        "animals/striped/zebra", "places/Oslo", "zebra", "two words", "a", "b", "label/Red",
        "harbour", "sea", "pier",
      ])
  }

  @Test("names that are not valid tags are left out, and the number of tags is limited")
  func bounds() {
    let hostile = xmp(
      File.list(
        "dc:subject",
        ["", " / ", "//", "a&#1;b", String(repeating: "x", count: 201), "ok", "tab\tname", "../up"])
    )
    #expect(hostile.tags.map(\.description) == ["a&#1", "b", "ok", "tab name", "../up"])
    let many = xmp(File.list("dc:subject", (0..<500).map { "k\($0)" }))
    #expect(many.tags.count == PersonalMetadata.mostTags)
  }

  @Test(
    "ratings from one to five are read, zero means none, and minus one is a tag",
    arguments: [
      ("4", 4, []), ("4.0", 4, []), ("0", nil, []), ("-1", nil, ["rejected"]), ("9", nil, []),
      ("nan", nil, []), ("x", nil, []),
    ] as [(String, Int?, [String])])
  func ratings(text: String, rating: Int?, tags: [String]) {
    let personal = xmp("<xmp:Rating>\(text)</xmp:Rating>")
    #expect(personal.rating == rating && personal.tags.map(\.description) == tags)
  }

  @Test("Windows' rating counts if XMP has none")
  func windowsRating() throws {
    let four = ForeignFile.Tag(number: 0x4746, type: 3, value: [4, 0])
    #expect(try read([File.exifSegment(File.exif([four]))]).rating == 4)
    let packet = File.xmp("<xmp:Rating>2</xmp:Rating>")
    let both = [File.exifSegment(File.exif([four])), File.xmpSegment(packet)]
    #expect(try read(both).rating == 2)
  }

  @Test("dates with a time zone are exact, others are local time")
  func dates() throws {
    func time(_ tags: [ForeignFile.Tag]) throws -> CaptureTime? {
      try read([File.exifSegment(File.exif(tags))]).created
    }
    let original = ForeignFile.Tag.ascii(0x9003, "2024:05:01 12:34:56", isInExif: true)
    let offset = ForeignFile.Tag.ascii(0x9011, "+09:00", isInExif: true)
    let fraction = ForeignFile.Tag.ascii(0x9291, "25", isInExif: true)
    let instant = try #require(Timestamp(rfc3339: "2024-05-01T03:34:56.250Z"))
    #expect(try time([original, offset, fraction]) == .instant(instant))
    let clock = try #require(Timestamp(rfc3339: "2024-05-01T12:34:56Z"))
    #expect(try time([original]) == .local(clock))
    #expect(CaptureTime.local(clock).timestamp { _ in 7200 } == clock.advanced(bySeconds: -7200))
    for empty in ["0000:00:00 00:00:00", "    :  :     :  :  ", "", "2024:13:01 00:00:00"] {
      #expect(try time([.ascii(0x9003, empty, isInExif: true)]) == nil)
    }
    #expect(
      xmp("<photoshop:DateCreated>2024-05-01T12:34:56.25+09:00</photoshop:DateCreated>").created
        == .instant(instant))
    #expect(
      xmp("<xmp:CreateDate>2024-05-01T12:34</xmp:CreateDate>").created
        == .local(clock.advanced(bySeconds: -56)))
    let midnight = try #require(Timestamp(rfc3339: "2024-05-01T00:00:00Z"))
    #expect(xmp("<xmp:CreateDate>2024-05-01</xmp:CreateDate>").created == .local(midnight))
    let iptc = try read([File.iptcSegment([(55, "20240501"), (60, "123456+0900")])])
    #expect(iptc.created == .instant(instant.advanced(bySeconds: -0.25)))
  }

  @Test("a local time that its time zone moves out of the calendar is not used")
  func distantDates() throws {
    let first = try #require(Timestamp(rfc3339: "0000-01-01T00:00:00Z"))
    let last = try #require(Timestamp(rfc3339: "9999-12-31T23:59:59.999Z"))
    #expect(CaptureTime.local(first).timestamp { _ in 1 } == nil)
    #expect(CaptureTime.local(last).timestamp { _ in -1 } == nil)
    #expect(CaptureTime.local(last).timestamp { _ in 0 } == last)
  }

  @Test("texts that repeat one character are compared in time", .timeLimit(.minutes(5)))
  func repetitiveTexts() {
    let raw = String(repeating: "a", count: 1_000_000)
    let text = String(repeating: "a", count: 500_000) + "b"
    var record = ForeignRecord(tool: "a1111", raw: raw)
    record.prompt = raw
    var personal = PersonalMetadata()
    personal.captions = [text]
    personal.title = String(repeating: "a", count: 400_000) + "c"
    #expect(personal.note(beside: record)?.hasPrefix("aaa") == true)
  }

  @Test("a text is found in another by its bytes, with any repetitions")
  func containing() {
    let texts = ["", "a", "ab", "aab", "abab", "ababaa", "aabaab", "baaba", "é", "字a字", "\0a"]
    for text in texts {
      for part in texts {
        let bytes = (Array(text.utf8), Array(part.utf8))
        let starts = 0...max(0, bytes.0.count - bytes.1.count)
        let isFound = starts.contains { bytes.0.dropFirst($0).starts(with: bytes.1) }
        #expect(text.containsBytes(of: part) == isFound, "\(part) in \(text)")
      }
    }
  }

  @Test("a caption is a note, unless a tool wrote it or it is the prompt")
  func notes() throws {
    let caption = File.list("dc:description", ["Seen from the pier"], container: "Alt")
    let title = File.list("dc:title", ["Ferry"], container: "Alt")
    #expect(xmp(title + caption).note(beside: nil) == "Ferry\nSeen from the pier")
    var record = ForeignRecord(tool: "a1111", raw: "a ferry\nSteps: 1, Seed: 2")
    record.prompt = "a ferry"
    #expect(xmp(caption).note(beside: record) == "Seen from the pier")
    for text in ["a ferry", record.raw, "a ferry, but longer", "{\"c\": \"x\"}"] {
      let written = File.list("dc:description", [text], container: "Alt")
      #expect(xmp(written).note(beside: record) == nil, "\(text)")
    }
    let unknown = ForeignRecord(tool: "unknown", raw: "Seen from the pier")
    #expect(xmp(caption).note(beside: unknown) == "Seen from the pier")
    let camera = File.list("dc:description", ["OLYMPUS DIGITAL CAMERA"], container: "Alt")
    #expect(xmp(camera).note(beside: unknown) == nil)
    let long = File.list("dc:description", [String(repeating: "n", count: 50_000)])
    #expect(xmp(long).note(beside: nil)?.count == PersonalMetadata.longestNote)
  }

  @Test("a graph with a name in front is not a note")
  func namedGraphs() throws {
    func note(_ text: String) throws -> String? {
      try read([File.exifSegment(File.exif([.ascii(0x010E, text)]))])
        .note(beside: ForeignRecord(tool: "comfyui", raw: "{}"))
    }
    for text in [#"Workflow:{"nodes": []}"#, #"prompt: { "1": {} }"#, "extra_data:{\n\"a\": 1}"] {
      #expect(try note(text) == nil, "\(text)")
    }
    for text in ["Colors: {red, blue}", "Seen from the pier: {1}"] {
      #expect(try note(text) == text)
    }
  }
}
