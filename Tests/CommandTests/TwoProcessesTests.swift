import Foundation
import Testing

@Suite("Several processes with one library") struct TwoProcessesTests {
  @Test("edits, an import, a restore and a check at the same time all succeed, each edit once")
  func atOnce() async throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    for index in 0..<4 {
      try sample.add("picture \(index)", seed: Int64(index), shade: UInt8(index))
    }
    let dump = try await harness.succeed("dump").standardOutput
    let file = harness.folder.appendingPathComponent("dump.jsonl")
    try dump.write(to: file)
    let incoming = harness.folder.appendingPathComponent("in")
    try FileManager.default.createDirectory(at: incoming, withIntermediateDirectories: true)
    for shade in UInt8(100)..<103 {
      let picture = Data(try SampleLibrary.picture(shade))
      try picture.write(to: incoming.appendingPathComponent("\(shade).png"))
    }

    // One shell starts all of them, so that they run at the same time.
    let script = """
      for n in 1 2 3 4 5 6; do "$SEEDBANK" tag id:1..4 --add "t$n" & pids="$pids $!"; done
      for n in 1 2 3 4; do "$SEEDBANK" rate "id:$n" --stars $n & pids="$pids $!"; done
      "$SEEDBANK" import '\(incoming.path)' & pids="$pids $!"
      "$SEEDBANK" import '\(incoming.path)' & pids="$pids $!"
      "$SEEDBANK" restore '\(file.path)' & pids="$pids $!"
      for n in 1 2 3; do "$SEEDBANK" check & pids="$pids $!"; done
      for pid in $pids; do wait "$pid" || exit 1; done
      """
    let outcome = try await harness.shell(script)
    #expect(outcome.status == 0, "\(outcome)")
    #expect(try await harness.succeed("check", "--deep").output.contains("no errors"))
    #expect(
      try await harness.succeed("history", "--format", "json").output.contains(
        "rate 1 generation with 4 stars"))
    let records = try await harness.succeed("search", "id:1..4", "--format", "jsonl").lines
    #expect(records.count == 4)
    for record in records {
      for tag in 1...6 { #expect(record.contains("\"t\(tag)\"")) }
    }
    #expect(try await harness.succeed("search", "id:1..", "--count").output == "7\n")
    #expect(try await harness.succeed("undo", "--count", "10").lines.count == 10)
    #expect(try await harness.run("undo").status == 66)
  }

  @Test("lines that several processes append to a note at the same time are all in it")
  func appends() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a pier")
    let script = """
      for side in a b; do
        (for n in 1 2 3 4 5 6 7 8 9 10; do
          "$SEEDBANK" note 1 --append "$side$n" || exit 1
        done) & pids="$pids $!"
      done
      for pid in $pids; do wait "$pid" || exit 1; done
      """
    let outcome = try await harness.shell(script)
    #expect(outcome.status == 0, "\(outcome)")
    let json = try await harness.succeed("search", "id:1", "--format", "jsonl").standardOutput
    let object = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
    let note = try #require(object["note"] as? String)
    let expected = ["a", "b"].flatMap { side in (1...10).map { "\(side)\($0)" } }
    #expect(note.split(separator: "\n").map(String.init).sorted() == expected.sorted())
  }
}
