import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import TestRandomness
import Testing

@testable import seedbank

@Suite("A table of generations on narrow and wide terminals")
struct RecordTableTests {
  private func generation(_ id: Int64, rating: Int?) throws -> Generation {
    let time = try #require(Timestamp(rfc3339: "2026-11-05T08:04:59Z"))
    var random = SeededGenerator(seed: UInt64(id))
    return Generation(
      id: GenerationID(id), uid: UID(at: time, using: &random), status: .complete,
      prompt: "a designer's desk with a lamp and many small things, watercolor, morning light",
      parameters: Parameters(
        model: "seedream-3-0-t2i-250415", size: "1280x720", width: 1280, height: 720,
        seed: ImageSeed(1_234_567_890)),
      createdAt: time, tags: ["client/acme", "coast", "draft", "print"], rating: rating)
  }

  private func table(_ width: Int?, _ order: SearchOrder, _ columns: String? = nil) throws
    -> [String]
  {
    let table = RecordTable(
      width: width, highlighter: .none(Style(isOn: false)),
      columns: columns.flatMap { ColumnChoice(argument: $0) }, order: order)
    return table.rendered(
      [try generation(1234, rating: 4), try generation(7, rating: nil)], hasHead: true
    )
    .split(separator: "\n").map(String.init)
  }

  @Test("the key of the order is a column at every width", arguments: [40, 60, 80, 140])
  func sortKey(width: Int) throws {
    for (order, title) in [
      (SearchOrder.newest, "created"), (.rating, "stars"), (.seed, "seed"), (.size, "size"),
    ] {
      let lines = try table(width, order)
      #expect(lines[0].contains(title), "\(width): \(lines)")
      #expect(lines.allSatisfy { DisplayWidth.of($0) <= width }, "\(lines)")
    }
  }

  @Test("at 80 columns, date, seed and stars are kept, and tags are removed")
  func eighty() throws {
    let head = try table(80, .newest)[0]
    for title in ["id", "created", "seed", "stars", "prompt"] {
      #expect(head.contains(title), "\(head)")
    }
    #expect(!head.contains("model"))
  }

  @Test("the columns are the requested ones, in the requested order")
  func chosen() throws {
    #expect(
      try table(nil, .newest, "seed,id,rating")[0].split(separator: " ") == ["seed", "id", "stars"])
    #expect(ColumnChoice(argument: "id,nonsense") == nil && ColumnChoice(argument: "id,id") == nil)
  }

  @Test("a word is highlighted only in the columns in which the query searches it")
  func highlighted() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a lamp", tags: ["lamp"]) { $0.note = "lamp" }
    let lit = "\u{1B}[1;33mlamp\u{1B}[0m"
    for (query, tag, note, prompt) in [
      ("note:lamp", "lamp", lit, "a lamp"), ("prompt:lamp", "lamp", "lamp", "a \(lit)"),
      ("lamp", lit, lit, "a \(lit)"),
    ] {
      for (column, text) in [("tags", tag), ("note", note), ("prompt", prompt)] {
        let outcome = try await harness.succeed(
          "search", query, "--color", "always", "--columns", column)
        #expect(outcome.lines.last == text, "\(query), \(column): \(outcome)")
      }
    }
  }

  @Test("statistics fit 40 columns")
  func statistics() throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    try sample.add(
      "x", tags: ["a tag with a name that is far too long for a line of forty columns"])
    var statistics = try sample.library.statistics()
    statistics.byStatus = [.complete: 123_456]
    let text = StatisticsText(statistics: statistics, style: Style(isOn: false), columns: 40).text
    for line in text.split(separator: "\n") { #expect(DisplayWidth.of(line) <= 40, "\(line)") }
  }

  @Test("links to files are written only for terminals that support them")
  func links() {
    let path = "/tmp/a b.png"
    #expect(Hyperlink(isOn: false).path(.init(path)) == path)
    let link = Hyperlink(isOn: true).path(.init(path))
    #expect(link.hasPrefix("\u{1B}]8;;file://") && link.contains("/tmp/a%20b.png\u{1B}\\\(path)"))
  }
}
