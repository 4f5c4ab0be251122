import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

private let noon = Timestamp(milliseconds: 1_800_000_000_000)

@Suite("Reading recorded metadata again") struct RereadingTests {
  /// Returns a library with an imported image and a requested generation.
  private func home() throws -> (TemporaryLibrary, GenerationID, GenerationID) {
    let home = try TemporaryLibrary()
    let requested = try home.library.plant(["cat"])[0]
    var random = SeededGenerator(seed: 8)
    var draft = GenerationDraft(
      uid: UID(at: noon, using: &random), prompt: "blurry", parameters: Parameters(seed: 0),
      createdAt: noon, status: .complete)
    draft.images = [try home.library.plantImage("imported")]
    draft.provenance = Provenance(
      tool: "unknown", settings: #"{"steps":20}"#, raw: Array("raw \u{1}\0 text".utf8))
    return (home, requested, try home.library.record([draft])[0])
  }

  private let better = RecordedMetadata(
    prompt: "an owl at night", model: "xl", seed: .max, guidanceScale: 4.5, tool: "comfyui",
    settings: "{\"steps\": 25,\n\"negative_prompt\":\"blurry\"}")

  @Test("new metadata replaces the recorded metadata and is indexed, and undo restores the old")
  func undo() throws {
    let (home, _, id) = try home()
    let before = try home.library.everything()
    var reading = MetadataReading(
      generation: id, metadata: better, raw: Array("another text".utf8))
    reading.tags = [try #require(TagName("night"))]
    reading.rating = 4
    reading.note = "from the file"
    let rehearsed = try home.library.apply([reading], by: "ann", at: noon, rehearsing: true)
    #expect(try home.library.everything() == before)
    #expect(
      rehearsed.changes.first?.fields.map(\.name) == [
        "prompt", "model", "seed", "guidance_scale", "tool", "settings", "raw", "tag", "rating",
        "note",
      ])
    let done = try home.library.apply([reading], by: "ann", at: noon)
    #expect(done.report.changed == 1)
    let generation = try #require(try home.library.generation(id))
    #expect(RecordedMetadata(generation) == better)
    #expect(generation.provenance?.raw == Array("another text".utf8))
    #expect(try ids("owl tool:comfyui seed:18446744073709551615 negative:blurry", home) == [id])
    #expect(try ids("tag:night rating:4 note:file", home) == [id])
    #expect(try ids("prompt:blurry", home).isEmpty)
    let after = try home.library.everything()
    for _ in 1...2 {
      let step = try #require(try home.library.undo(at: noon).first)
      #expect(step.kept.isEmpty)
      #expect(try home.library.everything() == before)
      #expect(try home.library.check().faults.isEmpty)
      _ = try home.library.redo(at: noon)
      #expect(try home.library.everything() == after)
      #expect(try home.library.check().faults.isEmpty)
    }
    #expect(try home.library.apply([reading], by: "ann", at: noon).report.change == nil)
  }

  private func ids(_ text: String, _ home: TemporaryLibrary) throws -> [GenerationID] {
    try home.library.ids(
      SearchRequest(Query.parse(text).query, limit: 0, at: SearchFixture.utc))
  }

  @Test("removed metadata, and metadata of an image that had none, are undone too")
  func appearing() throws {
    let (home, _, id) = try home()
    let none = RecordedMetadata(
      prompt: "", model: nil, seed: nil, guidanceScale: nil, tool: nil, settings: nil)
    let states = try [none, better, none].map { metadata in
      let before = try home.library.everything()
      let reading = MetadataReading(
        generation: id, metadata: metadata, raw: metadata.tool.map { Array($0.utf8) })
      #expect(try home.library.apply([reading], by: "ann", at: noon).report.changed == 1)
      return before
    }
    for state in states.reversed() {
      #expect(try home.library.undo(at: noon).allSatisfy(\.kept.isEmpty))
      #expect(try home.library.everything() == state)
    }
  }

  @Test("a request to a service is never changed, and edits by people stay")
  func protected() throws {
    let (home, requested, id) = try home()
    let tag = try #require(TagName("night"))
    try home.library.edit(.tag(add: [tag], remove: []), on: [id], by: "ann", at: noon)
    try home.library.edit(.tag(add: [], remove: [tag]), on: [id], by: "ann", at: noon)
    try home.library.edit(.rate(5), on: [id], by: "ann", at: noon)
    try home.library.edit(.rate(nil), on: [id], by: "ann", at: noon)
    try home.library.edit(.note("mine"), on: [id], by: "ann", at: noon)
    let readings = [requested, id].map { id in
      var reading = MetadataReading(generation: id, metadata: better, raw: nil)
      reading.tags = [tag]
      reading.rating = 2
      reading.note = "theirs"
      return reading
    }
    let applied = try home.library.apply(readings, by: "ann", at: noon)
    #expect(applied.changes.map(\.generation) == [id])
    let generation = try #require(try home.library.generation(id))
    #expect(generation.tags.isEmpty && generation.rating == nil && generation.note == "mine")
    #expect(try home.library.generation(requested)?.prompt == "cat")
  }

  @Test(
    "a library that read again merges with one that did not, both ways round, and a dump keeps it")
  func merging() throws {
    let (left, _, id) = try home()
    func records(_ library: Library) throws -> [GenerationRecord] {
      try library.read { database in
        let ids = try IndexSource.ids(in: database).map { GenerationID($0) }
        return try ArchiveLoader.load(ids, folder: library.folder, in: database)
      }
    }
    let old = try records(left.library)
    let right = try TemporaryLibrary()
    try right.library.restore(old, at: noon)
    let reading = MetadataReading(generation: id, metadata: better, raw: nil)
    _ = try left.library.apply([reading], by: "ann", at: noon)
    let new = try records(left.library)
    #expect(try right.library.restore(new, at: noon).conflictCount == 0)
    #expect(try left.library.restore(old, at: noon).conflictCount == 0)
    for library in [left.library, right.library] {
      let query = try Query.parse("owl tool:comfyui").query
      #expect(try library.count(query, at: SearchFixture.utc) == 1)
    }
    let third = try TemporaryLibrary()
    try third.library.restore(new, at: noon)
    try third.library.restore(old, at: noon)
    #expect(try third.library.count(Query.parse("owl").query, at: SearchFixture.utc) == 1)
  }
}
