import FilePaths
import Foundation
import SeedbankModel
import SeedbankStorage
import TestRandomness
import Testing

@testable import SeedbankGallery

@Suite("Sidecars of several files with the same image")
struct CopiedImageTests {
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

  private static let words = "a pier\nNegative prompt: fog\nSteps: 9, Sampler: Euler, Seed: 77"
  private static let packet = File.xmp(
    File.list("dc:subject", ["sea"]) + "<xmp:Rating>4</xmp:Rating>")

  private func only() throws -> Generation {
    let generations = try test.library.generations(test.all)
    #expect(generations.count == 1)
    return try #require(generations.first)
  }

  @Test("sidecars are used in every order of the names", arguments: ["a.png", "z.png"])
  func anyOrder(copy: String) async throws {
    let image = try File.png([])
    try write("m.png", image)
    try write(copy, image)
    try write("m.txt", Self.words)
    try write("m.png.xmp", Self.packet)
    let report = try await test.importing(folder)
    let generation = try only()
    #expect(generation.provenance?.tool == "a1111" && generation.prompt == "a pier")
    #expect(generation.provenance?.raw == Array(Self.words.utf8))
    #expect(generation.provenance?.settings.contains(#""sidecar":"m.txt""#) == true)
    #expect(generation.parameters.seed == 77 && generation.note == nil)
    #expect(generation.tags == ["sea"] && generation.rating == 4)
    #expect(report.new == 1 && report.duplicates == 1 && report.tools == ["a1111": 1])
    #expect(report.completed == (copy < "m.png" ? 1 : 0))
    for outcome in await MetadataRereader(test.library).outcomes(of: [generation]) {
      guard case .reading(let reading) = outcome else {
        Issue.record("\(outcome)")
        continue
      }
      #expect(!reading.mayChange(generation), "\(reading)")
    }
  }

  @Test("the sidecars of all files are used together, and the first text of a tool stays")
  func severalSidecars() async throws {
    let image = try File.png([])
    for name in ["a", "b", "c"] { try write(name + ".png", image) }
    try write("a.txt", Self.words)
    try write("b.txt", "Prompt: a boat\nSeed: 5\nStable Diffusion model: m\nSteps: 9")
    try write("b.xmp", Self.packet)
    try write("c.xmp", File.xmp(File.list("dc:subject", ["dusk"])))
    _ = try await test.importing(folder)
    let generation = try only()
    #expect(generation.prompt == "a pier" && generation.parameters.seed == 77)
    #expect(generation.tags.sorted() == ["dusk", "sea"] && generation.rating == 4)
    #expect(generation.note == nil)
  }

  @Test("the text beside a second file is counted in a rehearsal, and undone as an edit")
  func edit() async throws {
    let image = try File.png([])
    try write("a.png", image)
    try write("b.png", image)
    try write("b.txt", Self.words)
    var random = SeededGenerator(seed: 4)
    let rehearsed = try await Importer(
      into: .rehearsal(test.library), options: ImportOptions(paths: [FilePath(folder)])
    ).run(at: Timestamp(milliseconds: 7), using: &random)
    #expect(rehearsed.completed == 1 && rehearsed.tools == ["a1111": 1])
    // The options concern tags and other metadata of people, not the text of a tool.
    let report = try await test.importing(folder) { $0.readsPersonalMetadata = false }
    #expect(report.completed == 1)
    #expect(try only().prompt == "a pier")
    _ = try test.library.undo(1, at: Timestamp(milliseconds: 1_795_000_000_001))
    #expect(try only().prompt.isEmpty)
    #expect(try await test.importing(folder).completed == 0, "what was undone stays undone")
  }

  @Test("a rehearsal counts the tags, ratings and notes that second files add, as the import does")
  func rehearsedNews() async throws {
    let tagged = File.xmp(File.list("dc:subject", ["sea"]))
    let cases: [(first: [String: String], second: [String: String], isNews: Bool)] = [
      ([:], ["xmp": tagged], true),
      ([:], ["xmp": File.xmp("<xmp:Rating>4</xmp:Rating>")], true),
      (["txt": Self.words], ["caption": "Seen from the boat"], true),
      (["txt": Self.words], ["caption": "a pier"], false),
      (["xmp": tagged], ["xmp": tagged], false),
      (["caption": "Seen from the boat"], ["caption": "Seen from the pier"], false),
    ]
    for (number, (first, second, _)) in cases.enumerated() {
      let image = try File.png([File.pngChunk("seEd", [UInt8(number)])])
      for (name, sidecars) in [("a\(number)", first), ("b\(number)", second)] {
        try write(name + ".png", image)
        for (ending, text) in sidecars { try write(name + "." + ending, text) }
      }
    }
    var random = SeededGenerator(seed: 4)
    let rehearsed = try await Importer(
      into: .rehearsal(test.library), options: ImportOptions(paths: [FilePath(folder)])
    ).run(at: Timestamp(milliseconds: 7), using: &random)
    let report = try await test.importing(folder)
    let news = cases.filter(\.isNews).count
    #expect(report.completed == news && report.new == cases.count)
    #expect(rehearsed.completed == report.completed && rehearsed.new == report.new)
  }

  @Test("a tool's text beside an image of an earlier import is not read")
  func earlierImport() async throws {
    let image = try File.png([])
    try write("b.png", image)
    _ = try await test.importing(folder)
    try write("a.png", image)
    try write("a.txt", Self.words)
    try write("c.png", image)
    try write("c.txt", Self.words)
    let report = try await test.importing(folder)
    let generation = try only()
    #expect(report.completed == 0 && report.duplicates == 3)
    #expect(generation.prompt.isEmpty && generation.note == nil)
  }
}
