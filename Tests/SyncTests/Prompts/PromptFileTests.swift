import FilePaths
import Foundation
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Testing

@testable import SeedbankSync

@Suite("A file of prompts")
struct PromptFileTests {
  private func read(
    _ content: some Sequence<UInt8>, _ format: PromptFormat? = nil, named ending: String = ""
  ) throws -> [PromptEntry] {
    let path = NSTemporaryDirectory() + "prompts-\(UUID())" + ending
    try Data(content).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = try PromptFile(path: FilePath(path), format: format, spool: NSTemporaryDirectory())
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

  @Test("of plain lines has one prompt per line, with any line ends")
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

  @Test("names the wrong line and the error in it")
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
      fault(String(repeating: "x", count: TextLineReader.longest + 1), .text)
        == at(1, .lineTooLong(limit: TextLineReader.longest)))
  }

  /// Returns the result of reading a file: its prompts, or an error.
  private func outcome(_ ending: String, _ content: String) -> String {
    do {
      return try read(content.utf8, named: ending).map(\.prompt).joined(separator: "|")
    } catch let error as PromptFileError {
      return switch error.fault {
      case .ambiguous: "ambiguous"
      default: "\(error.fault)"
      }
    } catch {
      return "\(error)"
    }
  }

  @Test(
    "has the format of its name and its content",
    arguments: [
      (".txt", "a cat\na dog", "a cat|a dog"), ("", "a cat, a dog", "a cat, a dog"),
      ("", "a cat, red\na dog, blue", "a cat, red|a dog, blue"),
      (".md", "# Title\na cat", "a cat"), (".csv", "prompt\na cat", "a cat"),
      ("", "prompt\na cat\n", "a cat"), ("", "\u{FEFF}\"Prompt\"\r\na cat\r\n", "a cat"),
      ("", "tags,prompt\nx,a cat", "a cat"), (".csv", "prompt;seed\na, b;7", "a, b"),
      ("", "sep=;\nprompt;seed\na cat;7", "a cat"),
      (".csv", "sep=,\nprompt,seed\na cat,7", "a cat"),
      (".csv", "seed\tprompt\n7\ta cat", "a cat"), (".tsv", "prompt\tseed\na; b, c\t7", "a; b, c"),
      ("", "prompt\ttags\na cat\tx;y", "a cat"), (".tsv", "prompt\na cat", "a cat"),
      (".json", "[\n {\n  \"prompt\": \"a cat\"\n },\n \"a dog\"\n]\n", "a cat|a dog"),
      ("", "\u{FEFF} [\"a, ] cat\", \"a \\\"dog\\\"\"]", "a, ] cat|a \"dog\""),
      (".jsonl", "{\"prompt\":\"a cat\"}", "a cat"), ("", "{\"prompt\":\"a cat\"}\n", "a cat"),
      (".json", "[\"\u{301}a cat\"]", "\u{301}a cat"),
      (".prompts", "a cat", "a cat"), (".txt", "\\# 5 cats\n#no\nb", "# 5 cats|b"),
      (".txt", "a cat\ra dog\r", "a cat|a dog"),
    ])
  func formats(_ ending: String, _ content: String, _ expected: String) {
    #expect(outcome(ending, content) == expected)
  }

  @Test(
    "is refused if its name and content differ, or its format is ambiguous",
    arguments: [
      (".txt", "[\n{\"prompt\": \"a cat\"}\n]"), (".txt", "{\"prompt\":\"a cat\"}"),
      (".txt", "prompt\na cat"), (".txt", "prompt,seed\na cat,7"), (".txt", "a\tb\nc\td"),
      (".txt", "<html><body>a cat"), (".txt", "- a cat\n- a dog"), ("", "---\nprompts:\n - a cat"),
      ("", "prompt: a cat"), ("", "<!DOCTYPE html>\n<p>a cat"),
      ("", "{\n \"prompt\": \"a cat\"\n}"),
      ("", "text;style\na cat;oil"), ("", "text\tstyle\na cat\toil"), ("", "text,style\ncat,oil"),
      ("", "Prompts\na cat"), ("", "caption\na cat"), (".csv", "[{\"prompt\": \"a\"}]"),
      (".csv", "{\"prompt\":\"a\"}"), (".csv", "<table><tr>"), (".tsv", "[1]"),
      (".jsonl", "[\n{\"prompt\": \"a cat\"}]"), (".jsonl", "prompt\na cat"),
      (".json", "{\"prompt\":\"a cat\"}\n{\"prompt\":\"b\"}"),
      (".json", "{\"prompts\": [\n\"a\"]}"),
      (".json", "prompt\na cat"), (".tsv", "- prompt: a cat"),
      (".csv", "a lighthouse\na dog"), (".csv", "name,count\na cat,1"), (".csv", "seed\n1"),
      (".tsv", "prompt,seed\na cat,1"), (".tsv", "a lighthouse"), (".tsv", "a\tb\nc\td"),
      (".jsonl", "a lighthouse\na dog"), (".json", "a lighthouse"), (".txt", "seed, size\n1, 2K"),
    ])
  func ambiguous(_ ending: String, _ content: String) {
    #expect(outcome(ending, content) == "ambiguous")
  }

  @Test(
    "that is empty has no prompts and no error", arguments: [".csv", ".tsv", ".json", ".jsonl"])
  func empty(_ ending: String) {
    #expect(outcome(ending, " \n") == "")
  }

  @Test(
    "is refused if it is in a format that is not read",
    arguments: [".yaml", ".yml", ".HTML", ".xlsx"])
  func foreign(_ ending: String) {
    #expect(outcome(ending, "a cat") == "foreignFormat")
  }

  @Test("is read in any format that is given by name")
  func asked() throws {
    #expect(try read("prompt\na cat".utf8, .text).map(\.prompt) == ["prompt", "a cat"])
    #expect(try read("[a cat]".utf8, .text, named: ".json").map(\.prompt) == ["[a cat]"])
    #expect(try read("prompt;tags\na cat;x".utf8, .table, named: ".txt").count == 1)
    #expect(throws: PromptFileError(line: nil, .utf16)) {
      try read([0xFF, 0xFE, 0x61, 0x00], .text)
    }
    #expect(throws: PromptFileError(line: nil, .utf16)) { try read([0xFE, 0xFF, 0x00, 0x61]) }
  }

  @Test("with columns and no known name among them is refused at the header")
  func headers() {
    #expect(fault("text,style\na cat,oil", .table)?.fault == .unknownField("text"))
    #expect(fault("text\tprompt\na cat\toil", .tabs)?.fault == .unknownField("text"))
    #expect(outcome(".csv", "text;style\na cat;oil") == "ambiguous")
  }

  @Test(
    "of a JSON array that is damaged names the line",
    arguments: [
      ("[\n\"a\"\n\"b\"]", 2), ("[\"a\",]", 1), ("[,\"a\"]", 1), ("[\"a\"", 1),
      ("[\n\n{\"prompt\":", 3),
      ("[\"a\"] x", 1), ("[\"a\"}]", 1), ("[\"a]", 1), ("x", 1), ("[\"\\x\"]", 1),
    ])
  func damagedArrays(_ content: String, _ line: Int) {
    let fault = fault(content, .array)
    #expect(fault?.line == line)
    #expect(fault?.fault == .notJSON)
  }

  @Test("of a JSON array can have objects and strings, and can be empty")
  func arrays() throws {
    #expect(fault("[1]", .array) == PromptFileError(line: 1, .notAnObject))
    #expect(fault("[[\"a\"]]", .array) == PromptFileError(line: 1, .notAnObject))
    #expect(fault("[\n{\"seed\":1}]", .array) == PromptFileError(line: 2, .noPrompt))
    #expect(try read("[]".utf8, .array).isEmpty)
    #expect(try read(" ".utf8, .array).isEmpty)
  }

  @Test("with a NUL in a prompt is refused in every format")
  func nul() throws {
    for (content, format) in [
      ("a cat\0 and more", PromptFormat.text), ("{\"prompt\":\"a\\u0000b\"}", .lines),
      ("[\"a\\u0000b\"]", .array), ("prompt\na\0b", .table),
    ] {
      let entry = try #require(try read(content.utf8, format).first)
      #expect(throws: RequestError.nulInPrompt) { try RequestTemplate().check(entry) }
    }
  }

  @Test("never reads the syntax of a JSON array or a header line as a prompt")
  func neverSyntax() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      let prompts = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        String(
          (0..<Int.random(in: 1...12, using: &random)).map { _ in
            "ab \"\\,;[]{}<>\t\n#:é".randomElement(using: &random) ?? "a"
          })
      }
      let data = try JSONSerialization.data(
        withJSONObject: prompts.map { ["prompt": $0] },
        options: Bool.random(using: &random) ? .prettyPrinted : [])
      let ending = ["", ".json", ".txt", ".csv", ".tsv", ".jsonl", ".md"].randomElement(
        using: &random)
      do {
        #expect(try read(data, named: ending ?? "").map(\.prompt) == prompts)
      } catch let error as PromptFileError {
        #expect(ending != "" && ending != ".json", "\(error)")
      }
    }
  }

  @Test("records nothing if any line is wrong")
  func allOrNothing() async throws {
    try await Workbench.with { bench in
      let path = bench.folder + "/p.jsonl"
      try Data("{\"prompt\":\"a\"}\n{\"prompt\":\"b\",\"size\":\"9x9\"}\n".utf8)
        .write(to: URL(fileURLWithPath: path))
      let file = try PromptFile(path: FilePath(path), spool: bench.folder)
      let error = #expect(throws: PromptFileError.self) {
        try PromptBatch(checking: file, as: RequestTemplate())
      }
      #expect(error?.line == 2)
      #expect(try bench.library.statusCounts().isEmpty)
    }
  }

  @Test("is recorded as it was checked, also if it changes afterwards")
  func changed() async throws {
    try await Workbench.with { bench in
      let place = URL(fileURLWithPath: bench.folder + "/p.txt")
      try Data("a cat\na dog\n".utf8).write(to: place)
      let file = try PromptFile(path: FilePath(place.path), spool: bench.folder)
      let batch = try PromptBatch(checking: file, as: RequestTemplate())
      // The same file, not a new one of its name.
      let handle = try FileHandle(forWritingTo: place)
      try handle.write(contentsOf: Data("a bird\na bee\na fox\n".utf8))
      try handle.close()
      var randomSource = SystemRandomNumberGenerator()
      let recorded = try batch.record(
        in: bench.library, at: { Workbench.now() }, using: &randomSource, shouldStop: { false })
      #expect(recorded.missing == nil)
      let prompts = try bench.library.generations(recorded.ids).map(\.prompt)
      #expect(prompts == ["a cat", "a dog"])
    }
  }

  @Test("stopped before its end names the lines that are not recorded")
  func stopped() async throws {
    try await Workbench.with { bench in
      let path = bench.folder + "/p.txt"
      let lines = (1...1200).map { "prompt \($0)" }.joined(separator: "\n")
      try Data(lines.utf8).write(to: URL(fileURLWithPath: path))
      let batch = try PromptBatch(
        checking: PromptFile(path: FilePath(path), spool: bench.folder), as: RequestTemplate())
      #expect(batch.generations == 1200)
      var randomSource = SystemRandomNumberGenerator()
      var looks = 0
      let recorded = try batch.record(
        in: bench.library, at: { Workbench.now() }, using: &randomSource,
        shouldStop: {
          looks += 1
          return looks > 1
        })
      #expect(recorded.ids.count == PromptBatch.pieceSize)
      #expect(recorded.missing == 501...1200)
      #expect(try bench.library.statusCounts() == [.queued: 500])
    }
  }

  @Test("has a different seed for each generation, or the seeds after the first one")
  func seeds() throws {
    var randomSource = SystemRandomNumberGenerator()
    var template = RequestTemplate(count: 4)
    let entry = PromptEntry(line: 1, prompt: "x", changes: [.seed(2_147_483_646)])
    func seeds() throws -> [ImageSeed?] {
      try template.drafts(for: entry, at: Workbench.now(), using: &randomSource).map(
        \.parameters.seed)
    }
    #expect(try seeds() == [2_147_483_646, 2_147_483_647, 0, 1])
    let free = try template.drafts(
      for: PromptEntry(line: 1, prompt: "x"), at: Workbench.now(), using: &randomSource)
    #expect(Set(free.map(\.parameters.seed)).count == 4)
    for draft in free {
      let body = String(decoding: try #require(draft.requestBody), as: UTF8.self)
      #expect(body == "{\"prompt\":\"x\",\"seed\":\(draft.parameters.seed ?? -1)}")
    }
    template.count = 1
  }
}
