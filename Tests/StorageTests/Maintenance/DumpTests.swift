import FilePaths
import Foundation
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

private let noon = Timestamp(milliseconds: 1_800_000_000_000)

extension Library {
  fileprivate func schema() throws -> [String] {
    try read { database in
      try String.fetchAll(
        database, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY sql")
    }
  }

  /// Returns the stamps that decide the result of a merge.
  fileprivate func stamps() throws -> [String] {
    try read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT hex(g.uid) || ' ' || field || ' ' || at FROM field_edit
            JOIN generation AS g ON g.id = generation_id
          UNION ALL SELECT field || ' ' || at FROM library_edit ORDER BY 1
          """)
    }
  }
}

@Suite("Dump and restore") struct DumpTests {
  @Test("an empty library restored from a dump is the same library, numbers and history included")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<5 {
      let home = try TemporaryLibrary()
      let ids = try home.library.plant(["cat", "猫", "dog"], tags: ["a"])
      try home.library.advance(
        home.library.record([
          GenerationDraft(
            uid: UID(at: noon, using: &random), prompt: "owl", parameters: Parameters(seed: 3),
            createdAt: noon, requestBody: [1, 0xFF], gateway: "https://x", parent: ids[0],
            parentChange: #"{"seed":3}"#)
        ])[0], .submit(to: "https://x"), at: noon)
      for _ in 0..<15 { try AnyEdit.random(on: ids, &random).perform(on: home.library, at: noon) }
      let dump = try home.library.dumped()
      let copy = try TemporaryLibrary()
      let report = try copy.library.restore(dump)
      #expect(report.added == 4 && report.conflictCount == 0 && report.missingImages == 3)
      let again = String(decoding: try copy.library.dumped(), as: UTF8.self)
        .replacing(copy.folder.path.text, with: home.folder.path.text)
        .replacing(#""missing":true"#, with: #""missing":false"#)
      #expect(again == String(decoding: dump, as: UTF8.self))
      #expect(try copy.library.history(limit: 99) == home.library.history(limit: 99))
      #expect(try copy.library.schema() == home.library.schema(), "no index is lost on the way")
      let second = try copy.library.restore(dump)
      #expect(second.added == 0 && second.merged == 0 && second.unchanged == 4)
      #expect(try copy.library.write { try SearchIndex.verify(in: $0) }.isEmpty)
    }
  }

  @Test("edits of several generations are undone and redone in a restored library too")
  func sharedHistory() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant((0..<40).map { "cat \($0)" }, tags: ["a"])
    let names = try ["a", "b"].map { try #require(TagName($0)) }
    let edits: [Edit] = [
      .rate(2), .tag(add: [names[1]], remove: [names[0]]), .collect("best"), .rate(nil), .trash,
    ]
    var states = [try home.library.everything()]
    for edit in edits {
      try home.library.edit(edit, on: ids, by: "ana", at: noon)
      states.append(try home.library.everything())
    }
    let copy = try TemporaryLibrary()
    try copy.library.restore(home.library.dumped())
    #expect(try copy.library.history(limit: 9) == home.library.history(limit: 9))
    for library in [home.library, copy.library] {
      for _ in edits { _ = try library.undo(at: noon) }
    }
    #expect(try home.library.everything() == states.first)
    let undone = try copy.library.everything()
    for _ in edits {
      for library in [home.library, copy.library] { _ = try library.redo(at: noon) }
    }
    #expect(try home.library.everything() == states.last)
    for _ in edits { _ = try copy.library.undo(at: noon) }
    #expect(try copy.library.everything() == undone)
    #expect(undone.count == states.first?.count)
    #expect(try copy.library.write { try SearchIndex.verify(in: $0) }.isEmpty)
  }

  @Test("the lines of a dump are those of whole records", arguments: 1...4)
  func sameAsRecords(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 3_100)
    let fixture = try SearchFixture()
    try fixture.fill(60, &random)
    let library = fixture.library
    let ids = (1...60).map { GenerationID($0) }
    for _ in 0..<15 { try AnyEdit.random(on: ids, &random).perform(on: library, at: noon) }
    try library.write { database in
      try database.execute(
        sql: """
          UPDATE generation SET seed = NULL, seed_high = id * 9 WHERE id % 5 = 0;
          UPDATE generation SET seed_high = -1, seed = NULL WHERE id % 11 = 0;
          UPDATE generation SET error_code = 'x', error_message = 'a "fault"' WHERE id % 4 = 0;
          UPDATE generation SET error_message = 'no code' WHERE id % 4 = 1;
          UPDATE generation SET cost = id, cost_currency = 'USD', price_table = 'p' WHERE id % 3 = 0;
          UPDATE generation SET usage = iif(id % 2, '{"tokens": 1}', 'no JSON') WHERE id % 3 = 1;
          UPDATE generation SET verdict = 'v', verdict_detail = '{"bits": 4}' WHERE id % 6 = 0;
          UPDATE generation SET guidance_scale = id / 7.0, watermark = id % 2 WHERE id % 2 = 0;
          UPDATE generation SET sent_sha256 = iif(id % 2, randomblob(32), x'00') WHERE id % 7 = 0;
          UPDATE generation SET request_body = x'FF00', reply_body = CAST('{}' AS BLOB),
            owned_at = id, attempts = 2, completed_at = -id * 123456789 WHERE id % 8 = 0;
          UPDATE generation SET parent_id = id - 1, parent_change = '{"seed":3}' WHERE id % 9 = 2
          """)
    }
    let records = try library.read { database in
      try ArchiveLoader.load(ids, folder: library.folder, in: database)
    }
    let lines = String(decoding: try library.dumped(), as: UTF8.self).split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix(#"{"id":"#) }.map(String.init) == records.map(\.json))
    #expect(records.count == 60)
  }

  @Test(
    "restoring many records stores each prompt once, merges the index, and keeps the FTS5 settings")
  func manyLines() throws {
    let home = try TemporaryLibrary()
    let prompts = ["cat", "dog", "cat ", "猫", "e\u{301}", "é"]
    let lines = (0..<60).map { #"{"prompt":"\#(prompts[$0 * 7 % 6])","tags":["a","b\#($0 % 3)"]}"# }
    for round in 1...2 {
      try home.library.restore(
        (lines + ["{\"prompt\":\"round \(round)\"}"]).joined(separator: "\n"))
      let found = try home.library.write { database in
        #expect(try SearchIndex.verify(in: database).isEmpty)
        let options = try String.fetchAll(
          database,
          sql: "SELECT k || ' ' || v FROM search_index_config WHERE k <> 'version' ORDER BY k")
        #expect(options == ["automerge 4", "hashsize 1048576"])
        return try ["prompt", "generation"].map {
          try Int.fetchOne(database, sql: "SELECT count(*) FROM \($0)")
        }
      }
      #expect(found == [6 + round, 60 + round])
    }
  }

  @Test("two libraries that were edited separately are equal after merging both ways")
  func mergeBothWays() throws {
    var random = SeededGenerator(seed: 23)
    for round in 0..<15 {
      let (left, right) = (try TemporaryLibrary(), try TemporaryLibrary())
      try left.library.plant(["cat", "dog", "owl", "fox"], tags: ["a", "b"])
      try left.library.edit(.collect("best"), on: [GenerationID(2)], by: "ana", at: noon)
      try right.library.restore(left.library.dumped())
      try left.library.plant(["new here"], seed: 2, tags: ["c"])
      try right.library.plant(["new there", "and this"], seed: 3, tags: ["d"])
      for side in [left.library, right.library] {
        let ids = try side.read { database in
          try Int64.fetchAll(database, sql: "SELECT id FROM generation").map { GenerationID($0) }
        }
        for step in 0..<Int.random(in: 0...12, using: &random) {
          let time = noon.advanced(
            bySeconds: Double(step) + Double(Int.random(in: 0...5, using: &random)))
          try AnyEdit.random(on: ids, &random).perform(on: side, at: time)
          if Int.random(in: 0...4, using: &random) == 0 {
            _ = try? side.undo(at: time.advanced(bySeconds: 1))
          }
          if Int.random(in: 0...5, using: &random) == 0 { try side.emptyTrash(at: time) }
        }
      }
      func merge() throws {
        let (fromLeft, fromRight) = (try left.library.dumped(), try right.library.dumped())
        try left.library.restore(fromRight)
        try right.library.restore(fromLeft)
      }
      func seen(_ home: TemporaryLibrary) throws -> [String] {
        try home.library.everything().map {
          $0.replacing(#""missing":true"#, with: #""missing":false"#)
        }
      }
      try merge()
      // A generation that one side permanently deleted is in the other side's trash until that is
      // emptied.
      func alive(_ home: TemporaryLibrary) throws -> [String] {
        try seen(home).filter { $0.hasPrefix("{") && !$0.contains("\"trashed_at\":") }
      }
      #expect(try alive(left) == alive(right), "round \(round)")
      for side in [left.library, right.library] {
        try side.emptyTrash(at: noon.advanced(bySeconds: 60))
      }
      try merge()
      #expect(try seen(left) == seen(right), "round \(round)")
      #expect(try left.library.stamps() == right.library.stamps(), "round \(round)")
      for home in [left, right] {
        let library = home.library
        #expect(try library.write { try SearchIndex.verify(in: $0) }.isEmpty)
      }
      let again = try left.library.restore(right.library.dumped())
      #expect(again.added == 0 && again.merged == 0 && again.conflictCount == 0)
    }
  }

  @Test(
    "a merge skips permanently deleted generations, and moves them to the trash of the other library"
  )
  func erasures() throws {
    let (left, right) = (try TemporaryLibrary(), try TemporaryLibrary())
    let ids = try left.library.plant(["cat", "dog", "owl"])
    try right.library.restore(left.library.dumped())
    let old = try left.library.dumped()
    try left.library.edit(.trash, on: ids.prefix(2), by: "ana", at: noon)
    try left.library.emptyTrash(at: noon.advanced(bySeconds: 1))
    // The other library deleted and restored the dog before it received this.
    try right.library.edit(.trash, on: [ids[1]], by: "bo", at: noon)
    try right.library.edit(.restore, on: [ids[1]], by: "bo", at: noon.advanced(bySeconds: 2))

    let kept = try left.library.restore(old)
    #expect(kept.leftOut == 2 && kept.added == 0 && kept.unchanged == 1)
    let report = try right.library.restore(left.library.dumped())
    #expect(report.trashed == 2)
    #expect(
      report.conflicts.map(\.field) == ["trashed"] && !report.conflicts.contains(where: \.keptOurs))
    #expect(Set(try right.library.trash(limit: 9)) == Set(ids.prefix(2)))
    #expect(try right.library.write { try SearchIndex.verify(in: $0) }.isEmpty)
    try right.library.edit(.restore, on: [ids[1]], by: "bo", at: noon)
    #expect(try left.library.restore(right.library.dumped()).added == 1, "the dog is back")

    #expect(try left.library.restore(old, bringingBack: true).added == 1)
    #expect(try left.library.newest(offset: 2) != nil)
    let after = try right.library.restore(left.library.dumped())
    #expect(after.merged == 1 && after.trashed == 0)
    #expect(try right.library.trash(limit: 9).isEmpty, "restoring is an edit like any other")
  }

  @Test("of two edits of one field, the newer one is kept, and both are reported")
  func conflicts() throws {
    let (left, right) = (try TemporaryLibrary(), try TemporaryLibrary())
    let ids = try left.library.plant(["cat"])
    try right.library.restore(left.library.dumped())
    try left.library.edit(.rate(2), on: ids, by: "ana", at: noon)
    try right.library.edit(.rate(5), on: ids, by: "bo", at: noon.advanced(bySeconds: 1))
    try right.library.edit(.note("mine"), on: ids, by: "bo", at: noon)
    let uid = try left.library.generation(ids[0])?.uid
    let report = try left.library.restore(right.library.dumped())
    #expect(report.merged == 1)
    #expect(
      report.conflicts == [MergeConflict(generation: uid, field: "rating", keptOurs: false)])
    let merged = try #require(try left.library.generation(ids[0]))
    #expect(merged.rating == 5 && merged.note == "mine")
  }

  @Test("records with one image each are restored as the whole generation, in any order")
  func imagesApart() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat"])
    try home.library.add(home.library.plantImage("second", position: 2), to: ids[0])
    try home.library.add(home.library.plantImage("third", position: 3), to: ids[0])
    let whole = try #require(try home.library.generation(ids[0]))
    for order in [[1, 2, 3], [3, 1, 2], [2, 3, 1]] {
      let copy = try TemporaryLibrary()
      for position in order {
        var record = GenerationRecord(whole, folder: home.folder)
        record.images = record.images.filter { $0.position == position }
        try copy.library.restore([record], at: noon)
      }
      let found = try #require(try copy.library.generation(GenerationID(1)))
      #expect(found.images.map(\.digest) == whole.images.map(\.digest))
      #expect(
        try copy.library.restore([GenerationRecord(whole, folder: home.folder)], at: noon)
          .unchanged == 1)
    }
  }

  @Test("a child imported before its parent is connected to it, unless it has another parent")
  func parentsLater() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat", "dog", "owl"])
    let uids = try home.library.generations(ids).map(\.uid)
    try home.library.connect([uids[1]: uids[0], uids[2]: uids[2]])
    try home.library.connect([uids[1]: uids[2]])
    let parents = try home.library.generations(ids).map(\.parent)
    #expect(parents == [nil, ids[0], nil])
  }

  @Test("a line with only a prompt is sufficient, and restoring the same file again adds nothing")
  func prompts() throws {
    let home = try TemporaryLibrary()
    let lines = "\u{feff}{\"prompt\":\"cat\"}\r\n\n{\"prompt\":\"cat\"}\n{\"prompt\":\"dog\"}"
    #expect(try home.library.restore(lines).added == 3)
    #expect(try home.library.restore(lines).unchanged == 3)
    let generation = try #require(try home.library.generation(GenerationID(1)))
    #expect(generation.status == .complete && generation.createdAt == noon)
    #expect(try home.library.statusCounts() == [.complete: 3], "nothing that a sync would send")
  }

  @Test("an unfinished generation without its request is never sent")
  func unfinishedList() throws {
    let home = try TemporaryLibrary()
    try home.library.restore(
      """
      {"prompt":"a","status":"queued"}
      {"prompt":"b","status":"submitting"}
      {"prompt":"c","status":"pending"}
      {"prompt":"d","status":"pending","job_set_id":"j"}
      {"prompt":"e","status":"ready"}
      """)
    let statuses = try home.library.generations((1...5).map { GenerationID($0) }).map(\.status)
    #expect(statuses == [.lost, .lost, .lost, .held, .lost])
  }

  @Test("a bad line is named by its number and nothing at all is restored")
  func badLine() throws {
    let home = try TemporaryLibrary()
    #expect(
      throws: RestoreError.line(3, .badValue(field: "rating", allowed: "1...5"))
    ) {
      try home.library.restore("{\"prompt\":\"a\"}\n\n{\"prompt\":\"b\",\"rating\":9}\n")
    }
    #expect(throws: RestoreError.line(1, .missingPrompt)) { try home.library.restore("{}") }
    #expect(throws: RestoreError.newerDump(found: 4, supported: 3)) {
      try home.library.restore("{\"prompt\":\"a\"}\n{\"dump_version\":4}")
    }
    #expect(try home.library.everything().isEmpty)
    _ = try home.library.restore(Array(#"{"prompt":"a"}"#.utf8), rehearsing: true)
    #expect(try home.library.everything().isEmpty)
  }

  @Test(
    "a file size that no image has is refused with its line", arguments: ["images", "references"])
  func hugeSize(_ member: String) throws {
    let home = try TemporaryLibrary()
    func restore(_ bytes: Int64) throws {
      let file = #"{"sha256":"\#(Digest(of: "a".utf8).hex)","bytes":\#(bytes)}"#
      try home.library.restore("{\"prompt\":\"a\"}\n{\"prompt\":\"b\",\"\(member)\":[\(file)]}")
    }
    for bytes: Int64 in [.max, (1 << 40) + 1] {
      let error = RecordError.badValue(field: "bytes", allowed: "0...1099511627776")
      #expect(throws: RestoreError.line(2, error)) { try restore(bytes) }
    }
    #expect(try home.library.everything().isEmpty)
    try restore(1 << 40)
    // Rows of earlier versions can have larger sizes.
    for table in ["image", "reference_image"] {
      try home.library.write { try $0.execute(sql: "UPDATE \(table) SET bytes = \(Int64.max)") }
    }
    let copy = try TemporaryLibrary()
    #expect(try copy.library.restore(home.library.dumped()).added == 2)
  }

  @Test("after a restore, also one that failed, the catalog refuses values that are not allowed")
  func constraintsAreBack() throws {
    let home = try TemporaryLibrary()
    func rate() throws {
      try home.library.write { try $0.execute(sql: "UPDATE generation SET rating = 9") }
    }
    #expect(throws: RestoreError.self) {
      try home.library.restore(#"{"prompt":"a cat"}"# + "\n{")
    }
    try home.library.plant(["a cat"])
    #expect(throws: LibraryError.self) { try rate() }
    let copy = try TemporaryLibrary()
    #expect(try copy.library.restore(home.library.dumped()).added == 1)
    #expect(throws: LibraryError.self) {
      try copy.library.write { try $0.execute(sql: "UPDATE generation SET status = 'held'") }
    }
  }

  @Test("a line has a tag once, and tags that differ only in the form of accents are two tags")
  func tagsOfLines() throws {
    let home = try TemporaryLibrary()
    for tags in [#""a","b","a""#, "\"\u{e9}\"", "\"e\u{301}\"", "\"\u{e9}\",\"e\u{301}\""] {
      try home.library.restore(#"{"prompt":"a cat","tags":[\#(tags)]}"#)
    }
    // The tags of one file are found in memory.
    try home.library.restore(
      "\u{e9} e\u{301}".split(separator: " ").map { #"{"prompt":"a dog","tags":["\#($0)"]}"# }
        .joined(separator: "\n"))
    #expect(try home.library.write { try SearchIndex.verify(in: $0) }.isEmpty)
    let found = try home.library.read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT group_concat(hex(t.name), ' ') FROM generation_tag AS gt
          JOIN tag AS t ON t.id = gt.tag_id
          GROUP BY gt.generation_id ORDER BY gt.generation_id
          """)
    }
    #expect(found == ["61 62", "C3A9", "65CC81", "C3A9 65CC81", "C3A9", "65CC81"])
  }

  @Test("collections and tags that differ only in the form of accents stay apart in a copy")
  func equivalentNames() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat", "dog", "owl"])
    let names = ["Caf\u{e9}", "Cafe\u{301}"]
    for (name, members) in zip(names, [[ids[0], ids[1]], [ids[0], ids[2]]]) {
      let tag = try #require(TagName(name))
      try home.library.edit(.collect(name), on: members, by: "ana", at: noon)
      try home.library.edit(.tag(add: [tag], remove: []), on: members, by: "ana", at: noon)
    }
    // The second copy merges the records into generations that it has.
    let copies = try [TemporaryLibrary(), TemporaryLibrary()]
    try copies[1].library.plant(["cat", "dog", "owl"])
    for copy in copies {
      try copy.library.restore(home.library.dumped())
      for library in [home.library, copy.library] {
        let found = try names.map { name in try library.members(ofCollection: name).count }
        #expect(found == [2, 2])
      }
      #expect(try copy.library.stamps() == home.library.stamps())
      #expect(try copy.library.stamps().count == 12)
      let tags = try copy.library.generations(ids).map(\.tags.count)
      #expect(tags.sorted() == [1, 1, 2])
    }
  }

  @Test("ids and positions near the largest number do not stop later work")
  func hugeNumbers() throws {
    let home = try TemporaryLibrary()
    try home.library.restore(
      """
      {"prompt":"a cat","id":1,"uid":"01890000-0000-7000-8000-000000000001","rating":5}
      {"prompt":"a dog","id":4611686018427387904,"rating":5,"tags":["a"],\
      "uid":"01890000-0000-7000-8000-000000000002","collections":{"best":9223372036854775807}}
      {"change":1,"at":"2026-01-01T00:00:00Z","actor":"ana","action":"rate"}
      {"item_of":1,"target":"01890000-0000-7000-8000-000000000001","field":"rating","after":5}
      {"item_of":1,"target":"01890000-0000-7000-8000-000000000002","field":"rating","after":5}
      """)
    let ids = [GenerationID(1), GenerationID(2)]
    #expect(try home.library.generations(ids).map(\.prompt) == ["a cat", "a dog"])
    try home.library.edit(.collect("best"), on: ids, by: "ana", at: noon)
    #expect(try home.library.members(ofCollection: "best").count == 2)
    _ = try home.library.undo(at: noon)
    #expect(try home.library.undo(at: noon).first?.fields == 2)
    #expect(try home.library.write { try SearchIndex.verify(in: $0) }.isEmpty)
  }

  @Test("a child before its parent in the file is connected too")
  func parents() throws {
    var random = SeededGenerator(seed: 1)
    let (parent, child) = (UID(at: noon, using: &random), UID(at: noon, using: &random))
    let home = try TemporaryLibrary()
    try home.library.restore(
      """
      {"prompt":"child","uid":"\(child)","parent":1,"parent_uid":"\(parent)"}
      {"prompt":"parent","uid":"\(parent)"}
      """)
    #expect(try home.library.generation(GenerationID(1))?.parent == GenerationID(2))
  }

  @Test("lines longer than the buffer, and files that end anywhere, are read whole")
  func longLines() throws {
    let home = try TemporaryLibrary()
    let long = String(repeating: "x", count: 3_000_000)
    let lines = "{\"prompt\":\"\(long)\"}\n{\"prompt\":\"\(long)y\"}"
    #expect(try home.library.restore(lines).added == 2)
    #expect(try home.library.generation(GenerationID(2))?.prompt.utf8.count == 3_000_001)
  }

  @Test(
    "a tag, a collection or a saved search with an unreadable value is an error, not a removal",
    arguments: [
      ("search/k", #"{"query":"cat"}"#),
      ("search/k", #"{"query":"cat","created_at":"2026-11-01"}"#), ("search/k", "true"),
      ("collection/best", #""today""#), ("tag/a", "false"),
    ])
  func unreadableFields(_ field: String, _ value: String) throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat"], tags: ["a"])
    try home.library.edit(.collect("best"), on: ids, by: "ana", at: noon)
    try home.library.edit(.saveSearch(name: "k", query: "dog"), by: "ana", at: noon)
    let before = try home.library.everything()
    let line = """
      {"library_field":"\(field)","value":\(value),"edited_at":"9000-01-01T00:00:00Z"}
      """
    let error = #expect(throws: RestoreError.self) {
      try home.library.restore("{\"prompt\":\"b\"}\n" + line)
    }
    guard case .line(2, .badValue("value", _))? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try home.library.everything() == before)
    #expect(try home.library.savedSearches().map(\.query) == ["dog"])
  }

  @Test("undoing keeps fields that cannot have the value in a restored history, and goes on")
  func impossibleHistory() throws {
    let home = try TemporaryLibrary()
    let library = home.library
    let uid = "01890000-0000-7000-8000-000000000001"
    let change = #""at":"2026-11-05T08:04:59Z","actor":"ana""#
    let item = #"{"item_of":2,"target":"\#(uid)","field""#
    try library.restore(
      """
      {"prompt":"cat","uid":"\(uid)","favorite":true}
      {"change":1,\(change),"action":"favorite"}
      {"item_of":1,"target":"\(uid)","field":"favorite","after":true}
      {"change":2,\(change),"action":"many"}
      \(item):"rating","before":99}
      \(item):"note","before":5}
      \(item):"trashed","before":1e3}
      \(item):"tag/a","before":0}
      \(item):"collection/c","before":true}
      \(item):"revived","before":1}
      {"item_of":2,"field":"search/k","before":{"query":"dog"}}
      {"item_of":2,"field":"collection/c","before":"today"}
      {"item_of":2,"field":"erased/\(uid)","before":true}
      """)
    let before = try library.generation(GenerationID(1))
    let step = try #require(try library.undo(at: noon).first)
    #expect(
      step.kept.map(\.field.description).sorted() == [
        "collection/c", "collection/c", "erased/\(uid)", "note", "rating", "revived", "search/k",
        "tag/a", "trashed",
      ])
    #expect(step.fields == 0 && step.gone == 0)
    #expect(try library.generation(GenerationID(1)) == before)
    #expect(try library.collections().isEmpty && library.savedSearches().isEmpty)
    let first = try #require(try library.undo(at: noon).first)
    #expect(first.fields == 1 && first.kept.isEmpty)
    #expect(try library.generation(GenerationID(1))?.isFavorite == false)
    #expect(try library.history(limit: 9).allSatisfy { $0.undoneAt != nil })
  }
}

@Suite("Merging a field") struct FieldMergeTests {
  @Test("the result is the same for both sides, and merging again changes nothing")
  func symmetry() {
    // The last two are canonically equivalent, and must not stay different.
    let values: [String?] = [nil, "1", "2", "\"\u{e9}\"", "\"e\u{301}\""]
    let times: [Timestamp?] = [nil, Timestamp(milliseconds: 1), Timestamp(milliseconds: 2)]
    let all = values.flatMap { value in times.map { VersionedValue(value: value, at: $0) } }
    for first in all {
      for second in all {
        let merged = VersionedValue.merge(first, second)
        #expect(merged == VersionedValue.merge(second, first))
        #expect(merged == VersionedValue.merge(merged, second))
        for third in all {
          #expect(
            VersionedValue.merge(merged, third)
              == VersionedValue.merge(first, VersionedValue.merge(second, third)))
        }
      }
    }
  }
}
