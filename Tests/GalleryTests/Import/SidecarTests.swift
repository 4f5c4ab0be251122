import FilePaths
import Foundation
import SeedbankImaging
import SeedbankModel
import SeedbankStorage
import TestRandomness
import Testing

@testable import SeedbankGallery

@Suite("Files beside images")
struct SidecarTests {
  typealias File = ForeignFile
  private let test: TestLibrary
  private let folder: String

  init() throws {
    test = try TestLibrary()
    folder = test.root + "/in"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
  }

  private func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  /// Returns an image with its own bytes and without any metadata.
  private func picture(_ seed: UInt8) throws -> [UInt8] {
    let bytes = (0..<192).map { UInt8(truncatingIfNeeded: $0) &* seed }
    let pixels = try #require(Pixels(width: 8, height: 8, layout: .rgb, bytes: bytes))
    return try pixels.encoded(as: .png())
  }

  /// Imports the folder and returns its only generation.
  private func only(
    _ edit: (inout ImportOptions) -> Void = { _ in }
  ) async throws -> (Generation, ImportReport) {
    let report = try await test.importing(folder, edit: edit)
    let generation = try #require(try test.library.generations(report.imported).first)
    return (generation, report)
  }

  private static let words = "a pier\nNegative prompt: fog\nSteps: 9, Sampler: Euler, Seed: 77"

  static let tools: [(file: String, text: String, tool: String)] = [
    ("a.txt", words, "a1111"), ("a.png.txt", words, "a1111"),
    ("a.json", #"{"prompt": "a pier", "seed": 77, "latent_window_size": 9}"#, "framepack"),
    (
      "a.swarm.json", #"{"sui_image_params": {"prompt": "a pier", "seed": 77}}"#, "swarmui"
    ),
    ("a.metadata.json", #"{"mflux_version": "1", "prompt": "a pier", "seed": 77}"#, "mflux"),
    (
      "a.txt", "Prompt: a pier\nSeed: 77\nStable Diffusion model: m\nSteps: 9", "easydiffusion"
    ),
    (
      "a.xmp", File.xmp(File.list("dc:description", [words], container: "Alt")), "a1111"
    ),
    (
      "log.html",
      """
      <html><body><p>Fooocus Log 2024-05-01 (private)</p><!--fooocus-log-split-->
      <div id="b_png" class="image-container"><img src='b.png'><table class='metadata'>
      <tr><td class='key'>Prompt</td><td class='value'>other</td></tr></table></div>
      <div id="a_png" class="image-container"><hr><table><tr><td><a href='a.png'>\
      <img src='a.png' loading='lazy'></a><div>a.png</div></td><td><table class='metadata'>
      <tr><td class='key'>Prompt</td><td class='value'>a pier</td></tr>
      <tr><td class='label'>Seed</td><td class='value'>77</td></tr></table></td></tr></table></div>
      <!--fooocus-log-split--></body></html>
      """, "fooocus"
    ),
    (
      "log.html",
      """
      <html><p>Fooocus Log 2023-10-01 (private)</p>
      <div id="a_png"><hr><p>a.png</p><p>Prompt: <b>a pier</b></p>
      <p>Sharpness: <b>2</b>, Seed: <b>77</b></p><p><img src="a.png" width=512></p></div></html>
      """, "fooocus"
    ),
  ]

  @Test("a tool's text beside an image is read", arguments: tools.indices)
  func toolTexts(index: Int) async throws {
    let (file, text, tool) = Self.tools[index]
    try write("a.png", picture(3))
    try write(file, text)
    try write("notes.txt", "of no image")
    let (generation, report) = try await only()
    #expect(generation.provenance?.tool == tool, "\(file)")
    #expect(generation.prompt == "a pier" && generation.parameters.seed == 77, "\(file)")
    #expect(generation.provenance?.settings.contains("\"sidecar\":\"\(file)\"") == true)
    #expect(report.sidecars == 1 && report.otherFiles == 1 && generation.note == nil, "\(file)")
  }

  @Test("an entity in Fooocus' log is read, also before a combining mark")
  func markedEntity() throws {
    let log = """
      <html>Fooocus<div id="a_png"><img src='a.png'><table><tr><td class='key'>Prompt</td>
      <td class='value'>a &lt;\u{301}b</td></tr></table></div></html>
      """
    let record = try #require(FooocusLog(Array(log.utf8))?.record(of: "a.png"))
    #expect(record.prompt.utf8.elementsEqual("a <\u{301}b".utf8))
  }

  @Test("sidecars with endings in upper case are read", arguments: ["a", "a.png"])
  func upperCase(name: String) async throws {
    try write("a.png", picture(3))
    try write(name + ".XMP", File.xmp("<xmp:Rating>5</xmp:Rating>"))
    try write(name + ".TXT", Self.words)
    try write(name + ".Txt", "neither in lower nor in upper case")
    let (generation, report) = try await only()
    #expect(generation.rating == 5 && generation.prompt == "a pier" && generation.note == nil)
    #expect(report.sidecars == 2 && report.otherFiles == 1)
  }

  @Test("a caption and a record with endings in upper case are read")
  func upperCaseRecords() async throws {
    let away = try TestLibrary()
    try away.add("one", seed: 1)
    _ = try await away.export(
      away.options {
        $0.metadata = .sidecar
        $0.gallery = false
      })
    for (ending, name) in [(".jpg", "x.jpg"), (".jpg.xmp", "x.jpg.XMP")] {
      let exported = try #require(away.contents().first { $0.key.hasSuffix(ending) })
      try write(name, Array(exported.value))
    }
    try write("a.png", picture(3))
    try write("a.png.CAPTION", "1girl, solo")
    let (generation, report) = try await only()
    #expect(report.records == 1 && generation.note == "1girl, solo")
  }

  @Test("metadata in the file comes before that of a tool's sidecar")
  func precedence() async throws {
    try write("a.png", File.png([File.text("parameters", "a boat\nSteps: 2, Seed: 5")]))
    try write("a.txt", Self.words)
    let (generation, report) = try await only()
    #expect(generation.prompt == "a boat" && generation.parameters.seed == 5)
    #expect(generation.note == nil && report.sidecars == 1)
  }

  @Test("a text that was not written by a tool becomes a note")
  func caption() async throws {
    try write("a.png", picture(3))
    try write("a.txt", "1girl, solo, sitting\n")
    let (generation, report) = try await only()
    #expect(generation.prompt.isEmpty && generation.note == "1girl, solo, sitting")
    #expect(report.tools == ["none": 1])
  }

  @Test("personal metadata in a sidecar comes before that in the image, and tags of both are kept")
  func personal() async throws {
    let inside = File.xmp(
      File.list("dc:subject", ["sea"]) + "<xmp:Rating>2</xmp:Rating>"
        + "<xmp:CreateDate>2020-01-01T00:00:00Z</xmp:CreateDate>")
    let beside = File.xmp(
      File.list("lr:hierarchicalSubject", ["places|Oslo"]) + "<xmp:Rating>5</xmp:Rating>"
        + File.list("dc:description", ["Seen from the pier"], container: "Alt"))
    let comment = File.exif([.comment("", Array(Self.words.utf8))])
    try write("a.jpg", File.jpeg([File.exifSegment(comment), File.xmpSegment(inside)]))
    try write("a.jpg.xmp", beside)
    let (generation, report) = try await only()
    #expect(generation.tags == ["places/Oslo", "sea"] && generation.rating == 5)
    #expect(generation.note == "Seen from the pier" && generation.prompt == "a pier")
    #expect(generation.createdAt == Timestamp(rfc3339: "2020-01-01T00:00:00Z"))
    #expect(report.sidecars == 1 && report.otherFiles == 0)
  }

  @Test("personal metadata can be ignored")
  func leftOut() async throws {
    let packet = File.xmp(
      File.list("dc:subject", ["sea"]) + "<xmp:Rating>2</xmp:Rating>"
        + "<xmp:CreateDate>2020-01-01T00:00:00Z</xmp:CreateDate>")
    try write("a.jpg", File.jpeg([File.xmpSegment(packet)]))
    let (generation, _) = try await only { $0.readsPersonalMetadata = false }
    #expect(generation.tags.isEmpty && generation.rating == nil && generation.note == nil)
    #expect(try generation.createdAt > #require(Timestamp(rfc3339: "2020-01-02T00:00:00Z")))
  }

  @Test("dates without a time zone are local time")
  func zones() async throws {
    let packet = File.xmp("<xmp:CreateDate>2020-01-01T12:00:00</xmp:CreateDate>")
    try write("a.jpg", File.jpeg([File.xmpSegment(packet)]))
    let (generation, _) = try await only { $0.utcOffset = { _ in 9 * 3600 } }
    #expect(generation.createdAt == Timestamp(rfc3339: "2020-01-01T03:00:00Z"))
  }

  @Test("links out of the folder, pipes and too large files are not read")
  func unsafe() async throws {
    try write("a.png", picture(3))
    let outside = test.root + "/secret.txt"
    try Data(Self.words.utf8).write(to: URL(fileURLWithPath: outside))
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/a.txt", withDestinationPath: outside)
    try #require(mkfifo(folder + "/a.json", 0o600) == 0)
    try write("a.xmp", [])
    try #require(truncate(folder + "/a.xmp", 1 << 33) == 0)
    let (generation, _) = try await only()
    #expect(generation.prompt.isEmpty && generation.note == nil && generation.provenance == nil)
  }

  @Test("a link within the folder is followed")
  func insideLink() async throws {
    try write("a.png", picture(3))
    try write("shared.txt", Self.words)
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/a.txt", withDestinationPath: "shared.txt")
    let (generation, _) = try await only()
    #expect(generation.prompt == "a pier")
  }

  @Test("UTF-16 with a byte order mark is read")
  func encodings() async throws {
    try write("a.png", picture(3))
    try write("a.txt", [0xFF, 0xFE] + File.utf16(Self.words, big: false))
    let (generation, _) = try await only()
    #expect(generation.prompt == "a pier" && generation.parameters.seed == 77)
  }

  @Test("a text in Latin-1 is read and kept, also as a note")
  func latin1() async throws {
    try write("a.png", picture(3))
    let text = "caf\u{E9}\nNegative prompt: fog\nSteps: 9, Sampler: Euler, Seed: 77"
    try write("a.txt", text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
    try write("a.caption", [0x6E, 0x61, 0xEF, 0x76, 0x65])
    let (generation, _) = try await only()
    #expect(generation.prompt == "caf\u{E9}" && generation.parameters.seed == 77)
    #expect(generation.provenance?.raw == Array(text.utf8) && generation.note == "na\u{EF}ve")
  }

  @Test("marks of Windows are read, and one bad byte does not change the rest of a text in UTF-8")
  func windowsMarks() async throws {
    try write("a.png", picture(3))
    try write("a.txt", [0x93] + Array("a cat".utf8) + [0x94, 0x20, 0x80])
    try write("b.png", picture(5))
    try write("b.txt", Array("na\u{EF}ve caf\u{E9}".utf8.dropLast()))
    let report = try await test.importing(folder)
    #expect(
      Set(try test.library.generations(report.imported).map(\.note))
        == ["\u{201C}a cat\u{201D} \u{20AC}", "na\u{EF}ve caf\u{FFFD}"])
  }

  @Test("a sidecar of an image that the library has fills fields that are empty, as one edit")
  func laterSidecar() async throws {
    try write("a.png", picture(3))
    try write("b.png", picture(5))
    let first = try await test.importing(folder)
    let second = Digest(of: try picture(5))
    let rated = try #require(
      try test.library.generations(first.imported).first { $0.images[0].digest == second })
    _ = try test.library.edit(.rate(2), on: [rated.id], by: "ann", at: Timestamp(milliseconds: 5))
    let packet = File.xmp(
      File.list("dc:subject", ["sea"]) + "<xmp:Rating>5</xmp:Rating>"
        + File.list("dc:description", ["Seen from the pier"], container: "Alt"))
    try write("a.xmp", packet)
    try write("b.png.xmp", packet)
    var random = SeededGenerator(seed: 4)
    let rehearsed = try await Importer(
      into: .rehearsal(test.library), options: ImportOptions(paths: [FilePath(folder)])
    ).run(at: Timestamp(milliseconds: 7), using: &random)
    #expect(rehearsed.completed == 2)
    let report = try await test.importing(folder)
    #expect(report.completed == 2 && report.new == 0 && report.duplicates == 2)
    for generation in try test.library.generations(first.imported) {
      #expect(generation.tags == ["sea"] && generation.note == "Seen from the pier")
      #expect(generation.rating == (generation.id == rated.id ? 2 : 5), "an edit stays")
    }
    #expect(try await test.importing(folder).completed == 0, "nothing is left to add")
    _ = try test.library.undo(1, at: Timestamp(milliseconds: 9))
    for generation in try test.library.generations(first.imported) {
      #expect(generation.tags.isEmpty && generation.note == nil)
    }
    #expect(try await test.importing(folder).completed == 0, "what was undone stays undone")
    #expect(
      try await test.importing(folder) { $0.readsPersonalMetadata = false }.completed == 0)
  }
}
