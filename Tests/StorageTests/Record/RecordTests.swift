import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

private let seeds = "a whole number from -9223372036854775808 to 18446744073709551615"

@Suite("The record as JSON") struct RecordTests {
  @Test("a written record is read as the same record")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<2000 {
      let record = GenerationRecord.random(&random)
      let json = record.json
      #expect(!json.utf8.contains { $0 < 0x20 || $0 == 0x7F }, "one line, nothing for a terminal")
      #expect(try GenerationRecord(json: json) == record)
      #expect(try GenerationRecord(json: json).json == json)
    }
  }

  @Test("a row of the catalog has every value of a record")
  func row() throws {
    let columns = RecordMember.fields.flatMap(\.columns).map(\.name)
    #expect(PackedColumns.names == columns)
    var random = SeededGenerator(seed: 8)
    let home = try TemporaryLibrary()
    for number in 0..<200 {
      let content = GenerationContent(GenerationRecord.random(&random))
      let found = try home.library.write { database in
        let prompt = try PromptTable.id(of: "a cat", in: database)
        var statement = try GenerationRow.statement(in: database)
        let row = GenerationRow(
          uid: UID(at: Timestamp(milliseconds: Int64(number)), using: &random), promptID: prompt,
          status: .complete, createdAt: Timestamp(milliseconds: 0), isLate: false,
          content: PackedColumns(content))
        let id = try #require(try row.insert(&statement))
        var rows = try RawRows(
          "SELECT \(GenerationContent.columns(of: "")) FROM generation WHERE id = ?",
          .integer(id), in: database)
        #expect(try rows.next())
        return GenerationContent(rows, from: 0)
      }
      #expect(found == content)
    }
  }

  @Test("members are in the documented order, with null for unknown values")
  func order() {
    var record = GenerationRecord(prompt: "a \"cat\"")
    record.id = GenerationID(7)
    record.parameters.seed = 42
    record.tags = [TagName("x/y")].compactMap { $0 }
    #expect(
      record.json == """
        {"id":7,"uid":null,"status":null,"prompt":"a \\"cat\\"","model":null,"size":null,\
        "width":null,"height":null,"seed":42,"guidance_scale":null,"watermark":null,\
        "response_format":null,"created_at":null,"completed_at":null,"tags":["x/y"],\
        "rating":null,"favorite":false,"note":null,"parent":null,"job_set_id":null,\
        "error":null,"usage":null,"images":[],"provider":null,"endpoint":null,"model_echoed":null,\
        "seed_echoed":null,"group":null,"cost":null,"references":[]}
        """)
  }

  @Test("a line with only a prompt is a record, and unknown members are ignored")
  func justAPrompt() throws {
    let record = try GenerationRecord(
      json: #" { "new": [{"a": [1, -2.5e-3, "]"]}, true], "prompt" : "\u732b \ud83d\ude00\/" } "#)
    #expect(record == GenerationRecord(prompt: "猫 😀/"))
  }

  @Test(
    "the error for an invalid record has the position or the field, never the text",
    arguments: [
      ("", RecordError.syntax(offset: 0, needed: "{")),
      (#"{"prompt":"secret"#, .syntax(offset: 17, needed: "the end of a string")),
      (#"{"prompt":"a"} x"#, .syntax(offset: 15, needed: "the end of the line")),
      (#"{"prompt":"a",}"#, .syntax(offset: 14, needed: "a string")),
      (#"{"prompt":"a\u0000b"}"#, .badValue(field: "prompt", allowed: "text")),
      (#"{"id":7}"#, .missingPrompt), (#"{"prompt":null}"#, .missingPrompt),
      (#"{"prompt":7}"#, .badValue(field: "prompt", allowed: "text")),
      (#"{"prompt":"a","rating":6}"#, .badValue(field: "rating", allowed: "1...5")),
      (#"{"prompt":"a","rating":4.5}"#, .badValue(field: "rating", allowed: "1...5")),
      (#"{"prompt":"a","seed":"x"}"#, .badValue(field: "seed", allowed: seeds)),
      (
        #"{"prompt":"a","seed":99999999999999999999}"#,
        .badValue(field: "seed", allowed: seeds)
      ),
      (
        #"{"prompt":"a","created_at":"2026-13-01T00:00:00Z"}"#,
        .badValue(field: "created_at", allowed: "a time like 2026-11-05T08:04:59Z")
      ),
      (
        #"{"prompt":"a","images":[{"position":1}]}"#,
        .badValue(field: "images", allowed: "objects with a sha256")
      ),
    ])
  func refused(json: String, error: RecordError) {
    #expect(throws: error) { try GenerationRecord(json: json) }
  }

  @Test("a record with 200,000 tags is read, and has each of them once")
  func manyTags() throws {
    let names = (0..<200_000).map { "\"t\($0)\"" }.joined(separator: ",")
    let record = try GenerationRecord(json: #"{"prompt":"","tags":[\#(names),"t7"]}"#)
    #expect(record.tags.count == 200_000 && record.tags.last?.description == "t199999")
  }

  @Test("two images of one position are refused", arguments: ["images", "references"])
  func positions(field: String) {
    let digits = String(repeating: "0", count: 64)
    let image = #"{"position":2,"sha256":"\#(digits)"}"#
    #expect(throws: RecordError.badValue(field: field, allowed: "each position once")) {
      try GenerationRecord(json: #"{"prompt":"a","\#(field)":[\#(image),\#(image)]}"#)
    }
  }

  @Test(
    "a number with leading zeros is not JSON, in any place",
    arguments: [
      #""id":01"#, #""usage":{"a":[01]}"#, #""usage":-00"#, #""guidance_scale":02.5"#, #""x":00"#,
    ])
  func leadingZeros(member: String) throws {
    #expect(throws: RecordError.self) {
      _ = try GenerationRecord(json: #"{"prompt":"a",\#(member)}"#)
    }
  }

  @Test(
    "a zero, a fraction and an exponent are numbers",
    arguments: ["0", "-0", "0.5", "10", "1e05", "-0.25E-02"])
  func numbers(text: String) throws {
    let record = try GenerationRecord(json: #"{"prompt":"a","usage":\#(text)}"#)
    #expect(record.usage == text)
  }

  @Test("the format of an image is not free text, because it becomes a part of a file name")
  func format() {
    let digits = String(repeating: "0", count: 64)
    let json = #"{"prompt":"a","images":[{"sha256":"\#(digits)","format":"../../x"}]}"#
    #expect(
      throws: RecordError.badValue(
        field: "format", allowed: "jpeg, png, webp, gif, avif, heic, jxl, tiff, bmp or ico")
    ) {
      try GenerationRecord(json: json)
    }
  }

  @Test("no input reads outside of its bytes or exhausts the stack")
  func fuzz() {
    #expect(throws: RecordError.self) {
      try GenerationRecord(json: #"{"x":"# + String(repeating: "[", count: 1_000_000))
    }
    var random = SeededGenerator(seed: 3)
    for _ in 0..<3000 {
      var bytes = Array(GenerationRecord.random(&random).json.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: index)
        default: bytes.removeSubrange(index...)
        }
        if bytes.isEmpty { bytes = [0x7B] }
      }
      _ = try? GenerationRecord(json: bytes)
    }
  }

  @Test("text that is not JSON is still written as JSON")
  func rawText() {
    var writer = JSONWriter()
    writer.array { array in
      array.raw("{ \"a\":\n 1 }")
      array.raw("no \"json\"")
      array.value(Double.infinity)
      array.value(0.1)
    }
    #expect(writer.text == #"[{ "a":  1 },"no \"json\"",null,0.1]"#)
  }

  @Test("a verdict is one object, whether its numbers name the kind or not")
  func verdict() {
    #expect(RecordedVerdict(kind: "k", detail: "{}").json == #"{"kind":"k"}"#)
    #expect(RecordedVerdict(kind: "k", detail: #"{"a":1}"#).json == #"{"kind":"k","a":1}"#)
    let whole = #"{"a":1,"kind":"k"}"#
    #expect(RecordedVerdict(kind: "k", detail: whole).json == whole)
    #expect(RecordedVerdict(kind: "k", detail: "broken").json == #"{"kind":"k"}"#)
  }
}

@Suite("Rows of comma-separated values") struct CSVWriterTests {
  @Test("cells are quoted only if necessary")
  func quoting() {
    var csv = CSVWriter()
    csv.row(["a", nil, "b,c", "d\"e", "f\ng", ""])
    #expect(csv.text == "a,,\"b,c\",\"d\"\"e\",\"f\ng\",\r\n")
  }

  @Test("a cell that a spreadsheet would execute is made safe, but a number is not")
  func formulas() {
    var csv = CSVWriter()
    csv.row(["=1+1", "@SUM(A1)", "-5", "+1.5", "-x", "\tx", "a=b", "=\"a\",1"])
    #expect(csv.text == "'=1+1,'@SUM(A1),-5,+1.5,'-x,'\tx,a=b,\"'=\"\"a\"\",1\"\r\n")
  }

  @Test("a record has as many cells as there are columns")
  func columns() {
    #expect(GenerationRecord(prompt: "x").cells.count == GenerationRecord.columns.count)
  }
}
