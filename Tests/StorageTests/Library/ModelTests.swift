import FilePaths
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("Values of the catalog") struct ModelTests {
  @Test("a written time is read as the same time, in the whole calendar")
  func timestamps() {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<5000 {
      let time = Timestamp(
        milliseconds: Int64.random(in: -62_135_596_800_000...253_402_300_799_999, using: &random))
      #expect(Timestamp(rfc3339: time.description) == time)
    }
    #expect(
      Timestamp(rfc3339: "2026-11-05T09:04:59.12345+01:00")?.description
        == "2026-11-05T08:04:59.123Z")
    for bad in ["", "2026-02-29T00:00:00Z", "2026-11-05", "2026-11-05T24:00:00Z", "now"] {
      #expect(Timestamp(rfc3339: bad) == nil)
    }
  }

  @Test("a time outside the years 0 to 9999 is not read, and is written as the nearest one within")
  func distantTimes() {
    for (text, read) in [
      ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"), ("9999-12-31T23:59:60Z", nil),
      ("9999-12-31T23:59:59-00:01", nil), ("9999-12-31T23:59:59+00:01", "9999-12-31T23:58:59Z"),
      ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"), ("0000-01-01T00:00:00+00:01", nil),
    ] as [(String, String?)] {
      #expect(Timestamp(rfc3339: text)?.description == read, "\(text)")
    }
    for (distant, last) in [
      (Int64.min, "0000-01-01T00:00:00Z"), (Int64.max, "9999-12-31T23:59:59.999Z"),
      (253_402_300_800_000, "9999-12-31T23:59:59.999Z"),
    ] as [(Int64, String)] {
      #expect(Timestamp(milliseconds: distant).description == last)
    }
  }

  @Test("days and dates are one another's inverse, leap days included")
  func civilDates() {
    for days in stride(from: Int64(-800_000), through: 800_000, by: 13) {
      #expect(CivilDate(daysSince1970: days).daysSince1970 == days)
    }
    #expect(CivilDate(year: 2000, month: 2, day: 29)?.daysSince1970 == 11_016)
    #expect(CivilDate(year: 1900, month: 2, day: 29) == nil)
  }

  @Test("uids sort by their time and read back from text and bytes")
  func uids() {
    var random = SeededGenerator(seed: 4)
    var last: UID?
    for step in 0..<500 {
      let uid = UID(at: Timestamp(milliseconds: Int64(step) * 1_000_000), using: &random)
      #expect(UID(uid.description) == uid && UID(bytes: uid.bytes) == uid)
      #expect(UID(uid.description[...]) == uid)
      #expect(uid.bytes.withUnsafeBytes { UID(bytes: $0) } == uid)
      #expect(uid.description.dropFirst(14).first == "7", "version 7")
      if let last { #expect(last < uid) }
      last = uid
    }
    let text = "018BCFE5-6800-7000-8000-00000000000f"
    #expect(UID(text)?.description == text.lowercased())
    #expect(UID(text.replacing("-", with: "")) == UID(text))
    for bad in ["", "not a uid", String(text.dropLast()), text + "0", text + "\u{301}"] {
      #expect(UID(bad) == nil)
    }
    for count in [0, 8, 15, 17] {
      let bytes = [UInt8](repeating: 1, count: count)
      #expect(UID(bytes: bytes) == nil && bytes.withUnsafeBytes { UID(bytes: $0) } == nil)
      #expect(bytes.withUnsafeBytes { Digest(bytes: $0) } == nil)
    }
  }

  @Test("JSON escapes the same characters at every place of a text")
  func quoting() {
    func quoted(_ text: String) -> String {
      let parts = text.unicodeScalars.map { scalar in
        switch scalar.value {
        case 0x22: return #"\""#
        case 0x5C: return #"\\"#
        case 0x0A: return #"\n"#
        case 0x0D: return #"\r"#
        case 0x09: return #"\t"#
        case ..<0x20, 0x7F..<0xA0:
          let digits = String(scalar.value, radix: 16)
          return #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
        default: return String(scalar)
        }
      }
      return "\"" + parts.joined() + "\""
    }
    let scalars = (0...0x1FF).compactMap(Unicode.Scalar.init) + ["\u{E000}", "猫", "\u{1F600}"]
    for scalar in scalars {
      for place in 0...17 {
        let plain = String(repeating: "a~ ", count: 6)
        let text = plain.prefix(place) + String(scalar) + plain.dropFirst(place)
        let expected = quoted(String(text))
        #expect(JSONWriter.string(String(text)) == expected)
        var writer = JSONWriter()
        writer.value(text)
        #expect(writer.text == expected)
        writer.removeAll()
        var whole = String(text)
        whole.withUTF8 { writer.value(utf8: UnsafeRawBufferPointer($0)) }
        #expect(writer.text == expected)
      }
    }
    var writer = JSONWriter()
    [UInt8](arrayLiteral: 0x61, 0xC3, 0x22).withUnsafeBytes { writer.value(utf8: $0) }
    #expect(writer.text == "\"a\u{FFFD}\\\"\"")
  }

  @Test("the parts of a tag's name are trimmed, and some texts are not names")
  func tagNames() {
    #expect(TagName(" client / acme ")?.description == "client/acme")
    #expect(TagName("a_1-B")?.description == "a_1-B")
    for bad in ["", "/", "a//b", "a/", "a;b", "a\u{1b}b", String(repeating: "x", count: 201)] {
      #expect(TagName(bad) == nil)
    }
  }

  @Test("two handles of one library never hold the same claim, and releasing frees it")
  func claims() throws {
    let home = try TemporaryLibrary()
    let (first, second) = (try home.library.claims(), try home.reopened().claims())
    var held = try first.claim(GenerationID(7))
    #expect(held != nil)
    #expect(try second.claim(GenerationID(7)) == nil)
    #expect(try second.claim(GenerationID(8)) != nil)
    held = nil
    #expect(try second.claim(GenerationID(7)) != nil)
  }

  @Test("the image store stores a file in the right order, once, and never rewrites it")
  func imageStore() throws {
    let steps = Steps()
    let home = try TemporaryLibrary()
    let library = try Library.open(home.folder, for: .writing) { steps.add($0) }
    let image = try library.plantImage("a picture")
    #expect(
      steps.all == [.downloadBegun, .bytesSynced, .fileRenamed, .folderSynced])
    _ = try library.plantImage("a picture")
    #expect(steps.all.filter { $0 == .fileRenamed }.count == 1)
    #expect(try FileSystem.names(in: home.folder.incoming).isEmpty)
    #expect(FileSystem.size(home.folder.absolutePath(of: image)) == 9)
  }

  @Test("a file that an import left before its flush is flushed by the next import")
  func unflushedFile() throws {
    let home = try TemporaryLibrary()
    let bytes = Array("a picture".utf8)
    var stopped = home.library.imageBatch()
    try stopped.add(bytes, digest: Digest(of: bytes), format: "png")
    var next = home.library.imageBatch()
    try next.add(bytes, digest: Digest(of: bytes), format: "png")
    #expect(next.placed.count == 1 && next.placed == stopped.placed)
    try next.flush()
    #expect(next.placed.isEmpty)
  }

  @Test(
    "a file that is in the store before its row is passed to the next process, and is never written to"
  )
  func sealedFile() throws {
    let home = try TemporaryLibrary()
    let images = home.library.images
    func receive(_ text: String) throws -> IncomingFile {
      let file = try images.receive("a")
      try Array(text.utf8).withUnsafeBytes { try file.append($0) }
      return file
    }
    #expect(try images.received("a") == nil)
    _ = try receive("a picture")
    // An incomplete file is not returned.
    #expect(try images.received("a") == nil)
    let digest = try images.keep(receive(""), format: "png", untilRecorded: true)
    let path = home.folder.path + "/" + LibraryFolder.relativePath(of: digest, format: "png")
    let found = try #require(try images.received("a"))
    #expect(found.size == 9)
    #expect(try images.keep(found, format: "png", untilRecorded: true) == digest)
    #expect(throws: LibraryError.self) {
      try [1, 2].withUnsafeBytes { try found.append($0) }
    }
    _ = try receive("other bytes")
    #expect(try FileSystem.bytes(of: path) == Array("a picture".utf8))
    images.forgetReceived("a")
    #expect(try FileSystem.names(in: home.folder.incoming).isEmpty)
  }
}
