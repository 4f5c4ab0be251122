import FilePaths
import Foundation
import SeedbankImaging
import SeedbankModel
import Testing

@testable import SeedbankGallery

/// Tests that export generations to a folder, import it into another library, and compare the two
/// libraries.
@Suite("Exported and imported again") struct RoundTripTests {
  /// A form of export that can be imported again.
  enum Way: String, CaseIterable {
    case embedded, sidecars, plain, hard, symlink, grouped, withoutManifest, sidecarsAlone
  }

  @Test(
    "all records are restored: tags, ratings, notes, lineage, collections, timelines",
    arguments: Way.allCases)
  func everything(way: Way) async throws {
    let home = try RandomHome(seed: UInt64(way.rawValue.utf8.count))
    let folder = home.test.root + "/out"
    let report = try await home.test.export(home.test.options { apply(way, &$0) })
    #expect(report.refused.isEmpty && report.missing.isEmpty)
    if way == .withoutManifest || way == .sidecarsAlone {
      try FileManager.default.removeItem(atPath: folder + "/manifest.jsonl")
    }
    let away = try TestLibrary()
    let imported = try await away.importing(folder)
    #expect(imported.problems.isEmpty && imported.conflicts == 0)
    #expect(imported.tools.keys.allSatisfy { $0 == "seedbank" }, "\(imported.tools)")
    let expected = try DumpedLibrary(home.test.library)
    let found = try DumpedLibrary(away.library)
    #expect(found.generations.keys.sorted() == expected.generations.keys.sorted())
    for (uid, generation) in expected.generations {
      #expect(found.generations[uid] == generation)
    }
    #expect(found.names == expected.names)
    // A second import of the same folder adds nothing.
    let again = try await away.importing(folder)
    #expect(again.new == 0 && again.merged == 0 && again.conflicts == 0)
    #expect(try DumpedLibrary(away.library) == found)
    #expect(try away.isSound)
  }

  private func apply(_ way: Way, _ options: inout ExportOptions) {
    options.gallery = way == .embedded
    switch way {
    case .withoutManifest: break
    case .embedded: options.contactSheet = ContactSheetOptions()
    case .sidecars, .sidecarsAlone: options.metadata = .sidecar
    case .plain: options.metadata = .none
    case .hard, .symlink:
      options.metadata = .none
      options.link = way == .hard ? .hard : .symlink
    case .grouped: options.grouping = .tag
    }
  }

  @Test("a signed file is exported unchanged with a sidecar and a note, and imported with it")
  func signed() async throws {
    let test = try TestLibrary()
    try test.add("signed", seed: 1, tags: ["a"]) { $0.rating = 5 }
    let image = try test.signed(seed: 1)
    let id = try test.add("a signed one", seed: 2, tags: ["b"]) {
      $0.images = [image]
      $0.note = "keep the signature"
    }
    let report = try await test.export(test.options())
    #expect(report.signed == 1 && report.written == 2)
    let files = test.contents()
    let original = try Data(
      contentsOf: URL(fileURLWithPath: test.library.folder.absolutePath(of: image).text))
    #expect(files["0002-a-signed-one-2.png"] == original)
    #expect(files.keys.filter { $0.hasSuffix(".xmp") } == ["0002-a-signed-one-2.png.xmp"])
    // Only the file and its sidecar, without the folder's manifest.
    let away = try TestLibrary()
    let alone = test.root + "/alone"
    try FileManager.default.createDirectory(atPath: alone, withIntermediateDirectories: true)
    for ending in ["", ".xmp"] {
      try FileManager.default.copyItem(
        atPath: test.root + "/out/0002-a-signed-one-2.png" + ending,
        toPath: alone + "/x.png" + ending)
    }
    let imported = try await away.importing(alone)
    #expect(imported.new == 1 && imported.records == 1)
    let uid = try #require(try test.library.generation(id)).uid.description
    #expect(
      try DumpedLibrary(away.library).generations[uid]
        == DumpedLibrary(test.library).generations[uid])
  }

  @Test(
    "another tool's text stays in the file, and the file is restored unchanged",
    arguments: MetadataTests.encodings)
  func foreignText(encoding: ImageEncoding) async throws {
    let test = try TestLibrary()
    let words = "a duck\nNegative prompt: blur\nSteps: 15, CFG scale: 5, Seed: 42, Hires steps: 9"
    let plain = test.library.folder.absolutePath(
      of: try test.image(position: 1, seed: 42, encoding))
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: plain.text)))
    let theirs = try MetadataDocument(bytes).embedding(
      ProvenanceCopies(parameters: words, xmp: XMPPacket()))
    // An empty packet is added by the embedding, not by the other tool, so it is removed.
    let bare = try MetadataDocument(theirs.applied(to: bytes)).undoings.last
    let image = try test.keep(
      bare?.applied(to: theirs.applied(to: bytes)) ?? [], position: 1, encoding.format)
    try test.add("a duck", seed: 42) {
      $0.images = [image]
      $0.provenance = Provenance(tool: "a1111", settings: "{}", raw: Array(words.utf8))
    }
    _ = try await test.export(test.options { $0.gallery = false })
    let name = "0001-a-duck-42." + encoding.format.fileExtension
    let exported = try MetadataDocument(Array(try #require(test.contents()[name])))
    #expect(exported.metadata.parameters == words)
    #expect(exported.metadata.xmpPacket.record != nil)
    let away = try TestLibrary()
    _ = try await away.importing(test.root + "/out")
    #expect(try DumpedLibrary(away.library) == DumpedLibrary(test.library))
  }

  @Test("unfinished requests are exported in a form that a second library does not send")
  func unfinished() async throws {
    let test = try TestLibrary()
    try test.add("waiting", seed: 1) {
      $0.status = .queued
      $0.requestBody = Array(#"{"prompt":"waiting"}"#.utf8)
    }
    _ = try await test.export(test.options())
    let away = try TestLibrary()
    _ = try await away.importing(test.root + "/out")
    let found = try #require(try away.library.generation(GenerationID(1)))
    #expect(found.status == .lost && found.images.count == 1)
  }

  @Test("no address of the gateway is exported")
  func replies() async throws {
    let test = try TestLibrary()
    let reply = Array(#"{"data":[{"url":"https://cdn.example/x?signature=SECRET"}]}"#.utf8)
    try test.add("one", seed: 1) {
      $0.replyBody = reply
      $0.pollBody = reply
      $0.requestBody = Array(#"{"prompt":"one"}"#.utf8)
    }
    for mode in [MetadataMode.embed, .sidecar] {
      _ = try await test.export(test.options(mode.rawValue) { $0.metadata = mode })
      for (name, data) in test.contents(mode.rawValue) {
        #expect(data.range(of: Data("SECRET".utf8)) == nil, "\(name)")
      }
    }
  }

  @Test("a hard link of an exported file is never used as the file before the export")
  func linkedImport() async throws {
    let test = try TestLibrary()
    try test.add("one", seed: 1)
    _ = try await test.export(test.options())
    let away = try TestLibrary()
    _ = try await away.importing(test.root + "/out", link: .hard)
    #expect(try away.isSound)
  }
}
