import SeedbankModel
import TestRandomness
import Testing

@testable import SeedbankGallery

@Suite("The plan of an export") struct ExportPlanTests {
  private func plan(_ template: String, _ record: ExportRecord = ExportRecord()) throws
    -> ExportPlan
  {
    ExportPlan(
      template: try NameTemplate(template), grouping: nil, offset: { _ in 0 }, record: record)
  }

  private func entry(_ item: ExportPlan.Item) -> ExportEntry {
    ExportEntry(
      path: item.path, role: .image, owner: item.owner, number: item.number,
      requestedName: item.requestedName, isLink: false, size: 1, modified: 1, digest: "",
      recipe: "")
  }

  @Test("equal names are distinguished by their references")
  func collisions() throws {
    var plan = try plan("{prompt}")
    let names = [(1, "Cat"), (2, "cat"), (3, "CAT"), (4, "caf\u{E9}"), (5, "cafe\u{301}")].map {
      plan.item(Samples.generation($0.0, prompt: $0.1), Samples.image(of: $0.0), collections: [])
        .path.description
    }
    #expect(
      names == ["Cat.jpg", "cat~2.jpg", "CAT~3.jpg", "caf\u{E9}.jpg", "cafe\u{301}~5.jpg"])
  }

  @Test("no two images ever share a path, and a second plan gives the same ones")
  func property() throws {
    var random = SeededGenerator(seed: 66)
    for _ in 0..<20 {
      let template = ["{prompt:3}", "{tag}/{seed}", "{model}", "{n:02}"].randomElement(
        using: &random)
      let generations = (1...60).map { id in
        Samples.generation(
          Int64(id), prompt: ForeignText.text(&random),
          tags: ["x", "X", "y"].shuffled(using: &random),
          seed: ImageSeed(Int64.random(in: 0...3, using: &random)),
          model: ["m", "M"].randomElement(using: &random))
      }
      func paths() throws -> [RelativePath] {
        var plan = try plan(template ?? "{id}")
        return generations.map {
          plan.item($0, Samples.image(of: $0.id.rawValue), collections: []).path
        }
      }
      let first = try paths()
      #expect(Set(first.map(\.collisionKey)).count == first.count)
      #expect(try paths() == first)
    }
  }

  @Test("an image keeps its name and number when others are added")
  func stability() throws {
    var first = try plan("{prompt}-{n:03}")
    let old = first.item(
      Samples.generation(9, prompt: "cat"), Samples.image(of: 9), collections: [])
    var record = ExportRecord()
    record.note(entry(old))
    var second = try plan("{prompt}-{n:03}", record)
    let new = second.item(
      Samples.generation(1, prompt: "cat"), Samples.image(of: 1), collections: [])
    let again = second.item(
      Samples.generation(9, prompt: "cat"), Samples.image(of: 9), collections: [])
    #expect(again.path == old.path && again.number == 1)
    #expect(new.path.description == "cat-002.jpg")
    #expect(second.leftovers.isEmpty)
  }

  @Test("files that are no longer needed are left over")
  func leftovers() throws {
    var first = try plan("{prompt}")
    let old = first.item(
      Samples.generation(9, prompt: "cat"), Samples.image(of: 9), collections: [])
    var record = ExportRecord()
    record.note(entry(old))
    var second = try plan("{id}", record)
    let moved = second.item(
      Samples.generation(9, prompt: "cat"), Samples.image(of: 9), collections: [])
    #expect(moved.path.description == "9.jpg")
    #expect(second.leftovers.map(\.path.description) == ["cat.jpg"])
  }

  @Test("each case leads to the right decision")
  func decisions() {
    let own = ExportEntry(
      path: RelativePath(parts: ["a.jpg"]), role: .image, owner: nil, number: nil,
      requestedName: nil, isLink: false, size: 10, modified: 100, digest: "d", recipe: "r")
    let same = FileFact.file(isLink: false, size: 10, modified: 100)
    let touched = FileFact.file(isLink: false, size: 10, modified: 101)
    func about(
      _ recipe: String, _ entry: ExportEntry?, _ found: FileFact, _ digest: String? = nil
    ) -> ExportDecision.Reached {
      ExportDecision.about(recipe: recipe, recorded: entry, found: found, digest: digest)
    }
    #expect(about("r", nil, .absent) == .decided(.write))
    #expect(about("r", own, .absent) == .decided(.write))
    #expect(about("r", nil, same) == .decided(.refuse(.foreign)))
    #expect(about("r", own, .other) == .decided(.refuse(.foreign)))
    #expect(about("r", own, same) == .decided(.keep))
    #expect(about("r2", own, same) == .decided(.update))
    #expect(about("r", own, touched) == .needsDigest)
    #expect(about("r", own, touched, "d") == .decided(.keep))
    #expect(about("r2", own, touched, "d") == .decided(.update))
    #expect(about("r", own, touched, "e") == .decided(.refuse(.edited)))
    #expect(
      about("r", own, .file(isLink: false, size: 11, modified: 100))
        == .decided(.refuse(.edited)))
    #expect(
      about("r", own, .file(isLink: true, size: 10, modified: 100)) == .decided(.refuse(.edited)))
    #expect(about("r", own, .file(isLink: false, size: 0, modified: 5)) == .decided(.update))
  }

  @Test("a written record is read again, without incomplete lines and foreign paths")
  func record() throws {
    var plan = try plan("{prompt}")
    let item = plan.item(Samples.generation(prompt: "x/\"y\"\n猫"), Samples.image(), collections: [])
    let line = RecordLine.entry(entry(item)).json
    #expect(RecordLine(json: line.dropLast()) == .entry(entry(item)))
    let header = RecordLine.header(version: 1).json
    let evil = Array(
      #"{"path":"../x","role":"image","size":1,"modified":1,"digest":"","recipe":""}"#.utf8)
    let read = try #require(ExportRecord(lines: header + line + evil + [10] + line.prefix(20)))
    #expect(read.entries.count == 1)
    #expect(read.images[item.owner] == item.path)
    #expect(ExportRecord(lines: RecordLine.header(version: 2).json) == nil)
    let removed = RecordLine.removed(item.path).json
    #expect(ExportRecord(lines: header + line + removed)?.entries.isEmpty == true)
  }

  @Test(
    "a sequence number in a record that no export can write is ignored",
    arguments: ["9223372036854775807", "9223372036854775806", "-1"])
  func wrongNumber(_ number: String) throws {
    let line = Array(
      #"{"path":"a","role":"image","n":\#(number),"size":1,"modified":1,"digest":"","recipe":""}"#
        .utf8)
    let header = RecordLine.header(version: 1).json
    let record = try #require(ExportRecord(lines: header + line + [10]))
    #expect(record.entries.count == 1)
    var plan = try plan("{n}", record)
    let items = (1...2).map {
      plan.item(
        Samples.generation(Int64($0), prompt: "cat"), Samples.image(of: Int64($0)), collections: [])
    }
    #expect(items.map(\.number) == [1, 2])
  }
}
