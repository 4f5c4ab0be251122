import Foundation
import SeedbankModel
import Testing

@Suite("Maintaining a library with commands") struct KeepingTests {
  @Test("an edit is in the history, can be undone and redone")
  func history() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a lighthouse")
    try await harness.succeed("note", "1", "the light is right")
    #expect(try await harness.succeed("history").output.contains("note on 1 generation"))
    #expect(try await harness.succeed("undo").output == "undone: note on 1 generation\n")
    #expect(!(try await harness.succeed("show", "1").output.contains("the light is right")))
    try await harness.succeed("redo")
    #expect(try await harness.succeed("show", "1").output.contains("the light is right"))
    #expect(try await harness.run("redo").talk.contains("no undone edit is left to redo"))
    let undo = try await harness.run("undo", "--count", "5")
    #expect(undo.status == 66 && undo.talk.contains("only 1 edit can be undone"), "\(undo)")
    try await harness.succeed("undo")
    let redo = try await harness.run("redo", "3")
    #expect(redo.status == 66 && redo.talk.contains("only 1 edit can be redone"), "\(redo)")
  }

  @Test("a dump restored elsewhere is the same library, and restoring it again changes nothing")
  func dumpAndRestore() async throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    try sample.add("a lighthouse", tags: ["coast"], shade: 3)
    try sample.add("猫", seed: 7)
    let dump = try await harness.succeed("dump")
    let other = harness.folder.appendingPathComponent("other").path
    let first = try await harness.succeed(
      "restore", "-", "--library", other, input: dump.standardOutput)
    #expect(first.output.hasPrefix("2 added, 0 merged, 0 unchanged\n"))
    let second = try await harness.succeed(
      "restore", "-", "--library", other, input: dump.standardOutput)
    #expect(second.output.hasPrefix("0 added, 0 merged, 2 unchanged\n"))
    #expect(try await harness.succeed("tags", "--library", other).output.contains("coast"))
    let bad = try await harness.run("restore", "-", "--library", other, input: Data("{}\n".utf8))
    #expect(bad.status == 65 && bad.talk.contains("line 1"))
  }

  @Test("check accepts an intact library, and names a missing file with status 65")
  func check() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a lighthouse", shade: 3)
    #expect(try await harness.succeed("check", "--deep").output.contains("no errors"))
    let images = harness.library.appendingPathComponent("images")
    try FileManager.default.removeItem(at: images)
    let outcome = try await harness.run("check")
    #expect(outcome.status == 65 && outcome.output.contains("of generation 1 is missing"))
    let json = try await harness.run("check", "--format", "json")
    #expect(json.output.contains(#""kind":"file-missing""#))
  }

  @Test("check records missing files, and files that were found again")
  func presence() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a lighthouse", shade: 3)
    let images = harness.library.appendingPathComponent("images")
    let away = harness.library.appendingPathComponent("away")
    try FileManager.default.moveItem(at: images, to: away)
    #expect(try await harness.run("check", "--dry-run").status == 65)
    #expect(try await harness.succeed("search", "is:missing", "--count").output == "0\n")
    #expect(try await harness.run("check").status == 65)
    #expect(try await harness.succeed("search", "is:missing", "--count").output == "1\n")
    try FileManager.default.moveItem(at: away, to: images)
    let back = try await harness.succeed("check")
    #expect(back.output.contains("was marked as missing"))
    #expect(try await harness.succeed("search", "is:missing", "--count").output == "0\n")
    #expect(try await harness.succeed("check").output.contains("no errors"))
  }

  @Test("a library with a damaged search index is listed, dumped, backed up and repaired")
  func damagedIndex() async throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    for shade in 1...3 as ClosedRange<UInt8> {
      try sample.add("a lighthouse", seed: Int64(shade), shade: shade)
    }
    let catalog = harness.library.appendingPathComponent("catalog.sqlite").path
    for sql in [
      "DELETE FROM search_index_data", "DELETE FROM search_index_config", "DROP TABLE facet",
      "DROP TABLE search_index_idx", "UPDATE search_index_data SET block = randomblob(9)",
    ] {
      let damage = try await harness.shell(
        "python3 -c \"import sqlite3; c = sqlite3.connect('\(catalog)'); c.execute('\(sql)'); c.commit()\""
      )
      #expect(damage.status == 0, "\(damage)")
      #expect(try await harness.succeed("show", "2").output.contains("a lighthouse"))
      let listed = try await harness.succeed("search", "id:1..10", "--format", "ids")
      #expect(listed.lines.count == 3)
      #expect(try await harness.succeed("search", "--format", "ids").lines.count == 3)
      #expect(
        try await harness.succeed("dump").lines.filter { $0.contains("lighthouse") }.count == 3)
      let backup = harness.folder.appendingPathComponent("backup").path
      try await harness.succeed("backup", backup)
      if sql.contains("index") {
        let search = try await harness.run("search", "lighthouse")
        #expect(search.status == 0 || search.talk.contains("check --repair"), "\(search)")
      }
      let found = try await harness.run("check")
      #expect(found.status == 65 && found.output.contains("index"), "\(sql): \(found)")
      let repaired = try await harness.succeed("check", "--repair")
      #expect(repaired.output.contains("repaired"), "\(repaired)")
      #expect(try await harness.succeed("check").output.contains("no errors"))
      #expect(try await harness.succeed("search", "lighthouse", "--count").output == "3\n")
    }
  }

  @Test("a backup folder is restored with its image files, and restoring it again uses no ids")
  func restoreFolder() async throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    try sample.add("a lighthouse", tags: ["coast"], shade: 3)
    try sample.add("a cat", seed: 7)
    let folder = harness.folder.appendingPathComponent("backup").path
    try await harness.succeed("backup", folder)
    let other = harness.folder.appendingPathComponent("other").path
    harness.environment["SEEDBANK_LIBRARY"] = other
    try await harness.succeed("init")
    let planned = try await harness.succeed("restore", folder, "--dry-run")
    #expect(planned.output.contains("1 image file would be copied"), "\(planned)")
    let first = try await harness.succeed("restore", folder)
    #expect(first.output == "2 added, 0 merged, 0 unchanged\n1 image file copied\n")
    try await harness.succeed("check", "--deep")
    let again = try await harness.succeed("restore", folder)
    #expect(again.output == "0 added, 0 merged, 2 unchanged\n0 image files copied\n")
    let line = Data("{\"prompt\":\"new\"}\n".utf8)
    try await harness.succeed("restore", "-", input: line)
    #expect(try await harness.succeed("search", "new", "--format", "ids").output == "3\n")
    #expect(try await harness.run("restore", harness.folder.path).status == 66)
  }

  @Test("a backup is checked like any library")
  func backup() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a lighthouse", shade: 3)
    let folder = harness.folder.appendingPathComponent("backup").path
    #expect(try await harness.succeed("backup", folder).output.hasPrefix("1 image copied"))
    #expect(try await harness.succeed("backup", folder).output.contains("1 unchanged"))
    try await harness.succeed("check", "--deep", "--library", folder)
    #expect(try await harness.run("backup", harness.library.path).status == 64)
  }

  @Test("the trash is emptied only after a confirmation")
  func trash() async throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    let id = try sample.add("a lighthouse", shade: 3)
    #expect(try await harness.succeed("trash", "list", "--format", "ids").output.isEmpty)
    try sample.library.edit(.trash, on: [id], by: "ana", at: Timestamp(seconds: 9))
    #expect(try await harness.succeed("trash", "--format", "ids").output == "1\n")
    #expect(try await harness.run("trash", "empty").status == 64)
    #expect(
      try await harness.succeed("trash", "empty", "--dry-run").output.contains("1 generation,"))
    try await harness.succeed("trash", "restore", "1")
    #expect(try await harness.succeed("trash", "--format", "ids").output.isEmpty)
  }

  @Test("edits of more than 100 generations ask first, and are undone as one")
  func bulkEdits() async throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    for index in 0..<101 { try sample.add("x", seed: Int64(index), tags: ["old"]) }
    let before = try await harness.succeed("dump").lines.filter { $0.contains("\"prompt\"") }.count
    #expect(before == 101)
    for (edit, verb, done) in [
      (["tag", "x", "--add", "new"], "add the tag new to", "Added the tag new to"),
      (
        ["tag", "rename", "old", "new"], "rename the tag old to new on",
        "Renamed the tag old to new on"
      ),
      (["tags", "delete", "old"], "remove the tag old from", "Removed the tag old from"),
      (["rate", "x", "--stars", "3"], "rate", "Rated"), (["delete", "x"], "move", "Moved"),
    ] {
      let refused = try await harness.run(edit)
      #expect(refused.status == 64 && refused.talk.contains("101 generations"), "\(refused)")
      #expect(
        try await harness.succeed(edit + ["--dry-run"]).output
          .hasPrefix("Would \(verb) 101 generations"))
      #expect(
        try await harness.succeed(edit + ["--yes"]).output
          .hasPrefix("\(done) 101 generations"))
      #expect(try await harness.succeed("undo").lines.count == 1)
    }
    try await harness.succeed("delete", "x", "--yes")
    #expect(try await harness.run("trash", "restore").status == 64)
    try await harness.succeed("trash", "restore", "--yes")
    #expect(try await harness.succeed("search", "tag:old", "--count").output == "101\n")
  }

  @Test("a restore skips permanently deleted generations unless --emptied is given")
  func emptied() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a lighthouse", shade: 3)
    let dump = try await harness.succeed("dump").standardOutput
    try await harness.succeed("delete", "lighthouse")
    try await harness.succeed("trash", "empty", "--yes")
    let kept = try await harness.succeed("restore", "-", input: dump)
    #expect(kept.output.hasPrefix("0 added"))
    #expect(
      kept.output.contains(
        "1 generation was permanently deleted and skipped; --emptied adds it again\n"))
    let back = try await harness.succeed("restore", "-", "--emptied", input: dump)
    #expect(back.output.hasPrefix("1 added"))
    #expect(try await harness.succeed("search", "lighthouse", "--count").output == "1\n")
  }

  @Test("stats are numbers that scripts can read")
  func stats() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a lighthouse", tags: ["coast"], shade: 3)
    let output = try await harness.succeed("stats", "--format", "json").standardOutput
    let object = try #require(
      JSONSerialization.jsonObject(with: output) as? [String: Any])
    #expect(object["generations"] as? Int == 1 && object["files"] as? Int == 1)
    #expect(try await harness.succeed("stats").output.contains("coast"))
  }
}
