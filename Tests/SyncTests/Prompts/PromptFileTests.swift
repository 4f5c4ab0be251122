import Foundation
import Gateway
import Storage
import Testing

@testable import Sync

@Suite("A file of prompts")
struct PromptFileTests {
  private func read(
    _ content: some Sequence<UInt8>, _ format: PromptFormat? = nil
  ) throws -> [PromptEntry] {
    let path = NSTemporaryDirectory() + "prompts-\(UUID())"
    try Data(content).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = try PromptFile(path: path, format: format, spool: NSTemporaryDirectory())
    var reader = file.reader()
    var entries: [PromptEntry] = []
    while let entry = try reader.next() { entries.append(entry) }
    return entries
  }

  private func fault(_ content: String, _ format: PromptFormat) -> PromptFileError? {
    do {
      _ = try read(content.utf8, format)
      return nil
    } catch {
      return error as? PromptFileError
    }
  }

  @Test("of plain lines has a prompt a line, whatever ends the lines")
  func text() throws {
    let entries = try read("\u{FEFF}one\r\n\n  two, three \nvier".utf8)
    #expect(entries.map(\.prompt) == ["one", "  two, three ", "vier"])
    #expect(entries.map(\.line) == [1, 3, 4])
  }

  @Test("of comma-separated values may quote commas, quotes and line ends")
  func table() throws {
    let csv = """
      \u{FEFF}prompt,tags,Seed,guidance-scale
      plain,a;b/c,7,2.5
      "with ""quotes"", commas
      and lines",,,
      last,x,,
      """
    let entries = try read(csv.utf8)
    #expect(entries.map(\.prompt) == ["plain", "with \"quotes\", commas\nand lines", "last"])
    #expect(entries.map(\.line) == [2, 3, 5])
    #expect(entries[0].tags.map(\.description) == ["a", "b/c"])
    #expect(entries[0].changes == [.seed(7), .guidanceScale(2.5)])
    #expect(entries[1].changes.isEmpty)
    #expect(try read(csv.replacing("\n", with: "\r\n").utf8).map(\.line) == [2, 3, 5])
  }

  @Test("of JSON lines has the request's own field names and tags")
  func lines() throws {
    let entries = try read(
      """
      {"prompt":"a","seed":1,"watermark":false,"tags":["x","y/z"]}

      {"tags":"p;q","prompt":"b","size":"2K","model":null,"guidance_scale":3}
      """.utf8)
    #expect(entries.map(\.prompt) == ["a", "b"])
    #expect(Set(entries[0].changes.map(\.field)) == [.seed, .watermark])
    #expect(entries[0].tags.map(\.description) == ["x", "y/z"])
    #expect(entries[1].tags.map(\.description) == ["p", "q"])
    #expect(entries[1].line == 3)
  }

  @Test("names the line that is wrong, and what is wrong there")
  func faults() {
    func at(_ line: Int, _ fault: PromptFileError.Fault) -> PromptFileError {
      PromptFileError(line: line, fault)
    }
    #expect(fault("{\"prompt\":\"a\"}\n{oops", .lines) == at(2, .notJSON))
    #expect(fault("[1]", .lines) == at(1, .notAnObject))
    #expect(fault("{\"seed\":1}", .lines) == at(1, .noPrompt))
    #expect(fault("{\"prompt\":\"a\",\"steps\":1}", .lines) == at(1, .unknownField("steps")))
    #expect(
      fault("{\"prompt\":\"a\",\"seed\":\"1\"}", .lines)
        == at(1, .badRequest(.badValue(field: .seed))))
    #expect(fault("prompt\n\"open", .table) == at(2, .badQuoting))
    #expect(fault("prompt\n\"a\"b", .table) == at(2, .badQuoting))
    #expect(fault("tags\nx", .table) == at(1, .noPromptColumn))
    #expect(fault("prompt,prompt\nx,y", .table) == at(1, .columnTwice("prompt")))
    #expect(
      fault("prompt,tags\nx", .table) == at(2, .wrongNumberOfCells(found: 1, expected: 2)))
    #expect(fault("prompt,seed\nx,cat", .table) == at(2, .badRequest(.badValue(field: .seed))))
    #expect(throws: PromptFileError(line: 2, .notUTF8)) {
      try read([0x61, 0x0A, 0xFF, 0xFE], .text)
    }
    #expect(
      fault(String(repeating: "x", count: LineReader.longest + 1), .text)
        == at(1, .lineTooLong(limit: LineReader.longest)))
  }

  @Test("tells its format by its name or its beginning")
  func formats() {
    #expect(PromptFormat(path: "/a.b/prompts.CSV") == .table)
    #expect(PromptFormat(path: "x.jsonl") == .lines)
    #expect(PromptFormat(path: "/dev/fd/63") == nil)
    #expect(PromptFormat(guessing: Array("{\"prompt\":1}\n".utf8)) == .lines)
    #expect(PromptFormat(guessing: Array("tags,prompt\nx".utf8)) == .table)
    #expect(PromptFormat(guessing: Array("a cat, a dog\n".utf8)) == .text)
  }

  @Test("records nothing when any line is wrong")
  func allOrNothing() async throws {
    try await Workbench.with { bench in
      let path = bench.folder + "/p.jsonl"
      try Data("{\"prompt\":\"a\"}\n{\"prompt\":\"b\",\"size\":\"9x9\"}\n".utf8)
        .write(to: URL(fileURLWithPath: path))
      let file = try PromptFile(path: path, spool: bench.folder)
      let error = #expect(throws: PromptFileError.self) {
        try PromptBatch(checking: file, as: RequestTemplate())
      }
      #expect(error?.line == 2)
      #expect(try bench.library.statusCounts().isEmpty)
    }
  }

  @Test("stopped half-way says which lines are not recorded")
  func stopped() async throws {
    try await Workbench.with { bench in
      let path = bench.folder + "/p.txt"
      let lines = (1...1200).map { "prompt \($0)" }.joined(separator: "\n")
      try Data(lines.utf8).write(to: URL(fileURLWithPath: path))
      let batch = try PromptBatch(
        checking: PromptFile(path: path, spool: bench.folder), as: RequestTemplate())
      #expect(batch.generations == 1200)
      var dice = SystemRandomNumberGenerator()
      var looks = 0
      let recorded = try batch.record(
        in: bench.library, at: { Workbench.now() }, using: &dice,
        shouldStop: {
          looks += 1
          return looks > 1
        })
      #expect(recorded.ids.count == PromptBatch.pieceSize)
      #expect(recorded.missing == 501...1200)
      #expect(try bench.library.statusCounts() == [.queued: 500])
    }
  }

  @Test("gives every generation a seed of its own, or the ones that follow the first")
  func seeds() throws {
    var dice = SystemRandomNumberGenerator()
    var template = RequestTemplate(count: 4)
    let entry = PromptEntry(line: 1, prompt: "x", changes: [.seed(2_147_483_646)])
    func seeds() throws -> [ImageSeed?] {
      try template.drafts(for: entry, at: Workbench.now(), using: &dice).map(\.parameters.seed)
    }
    #expect(try seeds() == [2_147_483_646, 2_147_483_647, 0, 1])
    let free = try template.drafts(
      for: PromptEntry(line: 1, prompt: "x"), at: Workbench.now(), using: &dice)
    #expect(Set(free.map(\.parameters.seed)).count == 4)
    for draft in free {
      let body = String(decoding: try #require(draft.requestBody), as: UTF8.self)
      #expect(body == "{\"prompt\":\"x\",\"seed\":\(draft.parameters.seed ?? -1)}")
    }
    template.count = 1
  }
}
