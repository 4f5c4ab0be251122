import FilePaths
import Foundation
import SeedbankImaging
import SeedbankModel
import SeedbankStorage
import TestRandomness
import Testing

@testable import SeedbankGallery

@Suite("Reading metadata of a library's images again") struct RereaderTests {
  /// Imports one file and records it as an earlier version might have read it.
  private func imported(
    _ bytes: [UInt8], into test: TestLibrary, reading: Provenance?, prompt: String = ""
  ) throws -> Generation {
    var random = SeededGenerator(seed: UInt64(bytes.count))
    let image = try test.keep(bytes, position: 1, .png)
    var draft = GenerationDraft(
      uid: UID(at: Timestamp(milliseconds: 9), using: &random), prompt: prompt,
      parameters: Parameters(seed: 1), createdAt: Timestamp(milliseconds: 9), status: .complete)
    draft.images = [image]
    draft.provenance = reading
    let id = try test.library.record([draft])[0]
    return try #require(try test.library.generation(id))
  }

  private func file(_ parameters: String?) throws -> [UInt8] {
    let samples = [UInt8](repeating: UInt8(parameters?.utf8.count ?? 3), count: 16 * 16 * 3)
    let pixels = try #require(Pixels(width: 16, height: 16, layout: .rgb, bytes: samples))
    let bytes = try pixels.encoded(as: .png())
    guard let parameters else { return bytes }
    let copies = ProvenanceCopies(parameters: parameters, xmp: XMPPacket())
    return try MetadataDocument(bytes).embedding(copies).applied(to: bytes)
  }

  private static let words =
    "a duck\nNegative prompt: blur\nSteps: 15, Sampler: Euler, CFG scale: 5, Seed: 18446744073709551615"

  @Test("the file in the library is read, or else the stored text; otherwise nothing changes")
  func sources() async throws {
    let test = try TestLibrary()
    let wrong = Provenance(tool: "unknown", settings: "{}", raw: Array("old".utf8))
    let fromFile = try imported(file(Self.words), into: test, reading: wrong)
    let fromText = try imported(
      file(nil), into: test,
      reading: Provenance(tool: "unknown", settings: "{}", raw: Array(Self.words.utf8)))
    let outcomes = await MetadataRereader(test.library).outcomes(of: [fromFile, fromText])
    for outcome in outcomes {
      guard case .reading(let reading) = outcome else {
        Issue.record("\(outcome)")
        continue
      }
      #expect(reading.metadata.prompt == "a duck")
      #expect(reading.metadata.seed == .max)
      #expect(reading.metadata.tool == "a1111")
    }
    let readings = outcomes.compactMap {
      if case .reading(let reading) = $0 { reading } else { nil }
    }
    #expect(readings.allSatisfy { $0.mayChange(fromFile) || $0.mayChange(fromText) })
    _ = try test.library.apply(readings, by: "ann", at: Timestamp(milliseconds: 10))
    let again = try test.library.generations([fromFile.id, fromText.id])
    let second = await MetadataRereader(test.library).outcomes(of: again)
    for (generation, outcome) in zip(again, second) {
      guard case .reading(let reading) = outcome else { continue }
      #expect(!reading.mayChange(generation))
    }
    #expect(fromText.provenance?.raw == again[1].provenance?.raw)
  }

  @Test("of several nodes that save, the one that saved the original file counts again")
  func savers() async throws {
    let home = try ByteHome()
    var graph = ComfyGraphBuilder.started()
    let first = graph.sample(graph.text("a mill"), graph.text("fog"), seed: 1)
    graph.save(first, prefix: "mills/mill")
    let second = graph.sample(graph.text("a millet"), graph.text("rain"), seed: 2)
    graph.save(second, prefix: "millet_%date%")
    let prompt = ForeignFile.text("prompt", graph.prompt())
    for (name, words) in [("mill_00001_.png", "a mill"), ("millet_2_.png", "a millet")] {
      // Another chunk gives the file another digest.
      let file = try ForeignFile.png([prompt, ForeignFile.text("name", name)])
      try home.write(file, FilePath(name))
      let report = try await home.run()
      let id = try #require(report.imported.first, "\(name)")
      let generation = try #require(try home.library.generation(id))
      #expect(generation.prompt == words)
      let outcome = await MetadataRereader(home.library).outcomes(of: [generation])[0]
      guard case .reading(let reading) = outcome else {
        Issue.record("\(name): \(outcome)")
        continue
      }
      #expect(!reading.mayChange(generation), "\(reading)")
    }
  }

  static let sidecars: [(name: FilePath, text: String)] = [
    ("a.json", #"{"prompt": "a duck", "seed": 5, "steps": 20}"#),
    (
      "log.html",
      """
      <html>Fooocus<div id="a_jpg"><img src='a.jpg'><table>
      <tr><td class='key'>Prompt</td><td class='value'>a duck</td></tr>
      <tr><td class='key'>Seed</td><td class='value'>5</td></tr></table></div></html>
      """
    ),
  ]

  @Test("metadata of a sidecar stays if its text is not enough", arguments: sidecars.indices)
  func sidecar(index: Int) async throws {
    let home = try ByteHome()
    let (name, text) = Self.sidecars[index]
    let software = ForeignFile.Tag.ascii(0x0131, "Picasa")
    let file = try ForeignFile.jpeg([ForeignFile.exifSegment(ForeignFile.exif([software]))])
    try home.write(file, "a.jpg")
    try home.write(Array(text.utf8), name)
    let report = try await home.run()
    let id = try #require(report.imported.first)
    let generation = try #require(try home.library.generation(id))
    #expect(generation.prompt == "a duck" && generation.parameters.seed == 5)
    let outcome = await MetadataRereader(home.library).outcomes(of: [generation])[0]
    if case .reading(let reading) = outcome {
      #expect(!reading.mayChange(generation), "\(reading)")
    }
  }

  @Test("requested images and images with a Seedbank record are skipped")
  func passedOver() async throws {
    let test = try TestLibrary()
    let id = try test.add("a cat", seed: 4) { $0.gateway = "https://gateway.example" }
    let requested = try #require(try test.library.generation(id))
    let outcomes = await MetadataRereader(test.library).outcomes(of: [requested])
    guard outcomes.count == 1, case .nothing = outcomes[0] else {
      Issue.record("\(outcomes)")
      return
    }
  }
}
