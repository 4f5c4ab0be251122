import GRDB
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

private let noon = Timestamp(milliseconds: 1_800_000_000_000)
private func tag(_ name: String) throws -> TagName { try #require(TagName(name)) }

@Suite("Edits, their history and undoing them") struct EditingTests {
  @Test("the name of a field is read back, also if a combining mark follows its slash")
  func fieldNames() throws {
    let fields = try [
      EditField.tag(tag("\u{301}a/b")), .collection("\u{301}c"), .search("\u{301}/s"), .note,
    ]
    for field in fields { #expect(EditField(field.description) == field) }
  }

  @Test("every edit can be undone and redone step by step, also after a restart")
  func undoAndRedo() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<12 {
      let home = try TemporaryLibrary()
      let ids = try home.library.plant(["cat", "dog", "owl"], tags: ["a"])
      var states = [try home.library.everything()]
      while states.count < 12 {
        let report = try AnyEdit.random(on: ids, &random).perform(on: home.library, at: noon)
        if report?.change != nil { states.append(try home.library.everything()) }
      }
      let library = try home.reopened()
      for state in states.dropLast().reversed() {
        let step = try #require(try library.undo(at: noon).first)
        #expect(step.kept.isEmpty && step.gone == 0)
        #expect(try library.everything() == state)
      }
      #expect(throws: EditError.nothingToUndo(available: 0)) { try library.undo(at: noon) }
      for state in states.dropFirst() {
        _ = try library.redo(at: noon)
        #expect(try library.everything() == state)
      }
      #expect(throws: EditError.nothingToRedo(available: 0)) { try library.redo(at: noon) }
    }
  }

  @Test("a dry run counts the generations that the edit changes, and the index follows every step")
  func rehearsals() throws {
    var random = SeededGenerator(seed: 12)
    let home = try TemporaryLibrary()
    let library = home.library
    let ids = try library.plant(["a cat", "b dog", "c owl", "best fox"], tags: ["a"])
    for step in 0..<120 {
      let edit = AnyEdit.random(on: ids, &random)
      if case .generations(let edit, let ids) = edit,
        let rehearsed = try? library.edit(edit, on: ids, by: "ana", at: noon, rehearsing: true)
      {
        let report = try library.edit(edit, on: ids, by: "ana", at: noon)
        #expect(rehearsed.changedIDs == report.changedIDs, "step \(step): \(edit)")
      } else {
        try edit.perform(on: library, at: noon)
      }
      if step % 5 == 4 { _ = try? library.undo(at: noon) }
      #expect(try library.write { try SearchIndex.verify(in: $0) }.isEmpty, "step \(step): \(edit)")
    }
  }

  @Test("edits of more generations than one statement takes are undone and redone as a whole")
  func large() throws {
    let home = try TemporaryLibrary()
    let library = home.library
    var random = SeededGenerator(seed: 13)
    let ids = try library.record(
      (0..<12_000).map { number in
        GenerationDraft(
          uid: UID(at: noon, using: &random), prompt: "cat \(number % 7)",
          parameters: Parameters(model: "m\(number % 3)"), createdAt: noon, status: .complete,
          tags: try number % 2 == 0 ? [tag("even")] : [])
      })
    try library.edit(.rate(2), on: ids.prefix(5_000), by: "ana", at: noon)
    try library.edit(.collect("best"), on: ids[100..<110].reversed(), by: "ana", at: noon)
    func counts() throws -> [Int] {
      try library.read { database in
        try [
          "rating = 2", "rating = 4", "rating IS NULL", "favorite", "trashed_at IS NOT NULL",
          "id IN (SELECT generation_id FROM generation_tag NATURAL JOIN (SELECT id AS tag_id, name "
            + "FROM tag) WHERE name = 'even')",
          "id IN (SELECT generation_id FROM collection_item)",
        ].map {
          try Int.fetchOne(database, sql: "SELECT count(*) FROM generation WHERE \($0)") ?? -1
        }
      }
    }
    let edits: [Edit] = [
      .rate(4), .favorite(true), .tag(add: [], remove: [try tag("even")]), .collect("best"), .trash,
    ]
    var states = [try counts()]
    for edit in edits {
      let report = try library.edit(edit, on: ids, by: "ana", at: noon)
      #expect(report.changed > 5_000)
      #expect(try library.history(limit: 1).map(\.generations) == [report.changed])
      states.append(try counts())
    }
    #expect(states.last == [0, 12_000, 0, 12_000, 12_000, 0, 12_000])
    #expect(
      try library.members(ofCollection: "best").isEmpty, "the trash is not part of a collection")
    for state in states.dropLast().reversed() {
      let step = try #require(try library.undo(at: noon).first)
      #expect(step.kept.isEmpty && step.gone == 0)
      #expect(try counts() == state)
    }
    #expect(try library.members(ofCollection: "best") == ids[100..<110].reversed())
    for state in states.dropFirst() {
      _ = try library.redo(at: noon)
      #expect(try counts() == state)
    }
    #expect(try library.write { try SearchIndex.verify(in: $0) }.isEmpty)
  }

  @Test("an edit of many generations leaves no reference without its row, and the checks on")
  func references() throws {
    let home = try TemporaryLibrary()
    let library = home.library
    try library.add(many: 6_000)
    let ids = (1...Int64(6_000)).map { GenerationID($0) }
    try library.edit(.tag(add: [try tag("a")], remove: []), on: ids, by: "ana", at: noon)
    _ = try library.undo(at: noon)
    try library.edit(.rate(3), on: ids + [GenerationID(9_999)], by: "ana", at: noon)
    try library.read { database in
      let checks = try Bool.fetchOne(database, sql: "PRAGMA foreign_keys")
      let orphan = try Row.fetchOne(database, sql: "PRAGMA foreign_key_check")
      let changes = try Int.fetchOne(database, sql: "SELECT count(*) FROM change")
      #expect(checks == true && orphan == nil && changes == 1)
    }
  }

  @Test("generations that an edit changes in the same way share a row of the history")
  func sharedRows() throws {
    let home = try TemporaryLibrary()
    let library = home.library
    let ids = try library.plant((0..<60).map { "cat \($0)" }, tags: ["a"])
    try library.edit(.rate(3), on: ids[..<20], by: "ana", at: noon)
    try library.edit(.rate(5), on: ids[20..<30], by: "ana", at: noon)
    let before = try library.everything()
    let edits: [(Edit, rows: Int)] = [
      (.rate(4), 3), (.favorite(true), 1), (.tag(add: [try tag("b")], remove: [try tag("a")]), 3),
      (.trash, 1), (.restore, 1),
    ]
    for (edit, rows) in edits {
      #expect(try library.edit(edit, on: ids, by: "ana", at: noon).changed == 60)
      let change = try #require(try library.history(limit: 1).first)
      #expect(change.generations == 60, "\(edit)")
      let found = try library.read { database in
        try Int.fetchOne(
          database, sql: "SELECT count(*) FROM change_item WHERE change_id = ?",
          arguments: [change.id])
      }
      #expect(found == rows, "\(edit)")
    }
    let step = try library.undo(edits.count, at: noon)
    #expect(step.map(\.fields) == [60, 60, 120, 60, 60] && step.allSatisfy(\.kept.isEmpty))
    #expect(try library.everything() == before)
  }

  @Test("undoing an edit counts generations that were deleted, and keeps later edits")
  func deletedOfSeveral() throws {
    let home = try TemporaryLibrary()
    let library = home.library
    let ids = try library.plant((0..<9).map { "cat \($0)" })
    try library.edit(.rate(4), on: ids, by: "ana", at: noon)
    try library.write { database in
      try database.execute(sql: "UPDATE generation SET rating = 1 WHERE id = ?", arguments: [2])
      try SearchIndex.editing([3, 4], in: database) {
        try database.execute(sql: "DELETE FROM generation WHERE id IN (3, 4)")
      }
    }
    #expect(try library.history(limit: 1).map(\.generations) == [9])
    let step = try #require(try library.undo(at: noon).first)
    #expect(step.gone == 2 && step.fields == 6)
    #expect(step.kept == [HistoryStep.Kept(generation: GenerationID(2), field: .rating)])
  }

  @Test("several changes are undone all together or not at all")
  func atomicUndo() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat"])
    try home.library.edit(.rate(3), on: ids, by: "ana", at: noon)
    let before = try home.library.everything()
    #expect(throws: EditError.nothingToUndo(available: 1)) { try home.library.undo(2, at: noon) }
    #expect(try home.library.everything() == before)
    #expect(
      try home.library.undo(at: noon).map(\.change.action) == ["rate 1 generation with 3 stars"])
  }

  @Test("after a new edit, undone edits cannot be redone")
  func newFuture() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat"])
    try home.library.edit(.rate(3), on: ids, by: "ana", at: noon)
    try home.library.edit(.rate(4), on: ids, by: "ana", at: noon)
    _ = try home.library.undo(2, at: noon)
    try home.library.edit(.favorite(true), on: ids, by: "ana", at: noon)
    #expect(throws: EditError.nothingToRedo(available: 0)) { try home.library.redo(at: noon) }
    #expect(try home.library.history(limit: 9).map(\.action) == ["favorite 1 generation"])
  }

  @Test("an edit without changes leaves no entry, and a dry run leaves nothing")
  func noTrace() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat", "dog"], tags: ["a"])
    let same = try home.library.edit(
      .tag(add: [tag("a")], remove: [tag("zzz")]), on: ids, by: "ana", at: noon)
    #expect(same == EditReport())
    let before = try home.library.everything()
    let rehearsed = try home.library.edit(
      .trash, on: ids, by: "ana", at: noon, rehearsing: true)
    #expect(rehearsed.changed == 2)
    #expect(try home.library.everything() == before)
    #expect(try home.library.history(limit: 9).isEmpty)
  }

  @Test("renaming a tag also renames its subtags, and merges with an existing tag")
  func renaming() throws {
    let home = try TemporaryLibrary()
    let library = home.library
    let ids = try library.plant(["cat", "dog", "owl"])
    try library.edit(
      .tag(add: [tag("client")], remove: []), on: ids.prefix(2), by: "ana", at: noon)
    try library.edit(
      .tag(add: [tag("client/acme")], remove: []), on: [ids[2]], by: "ana", at: noon)
    try library.edit(.tag(add: [tag("old")], remove: []), on: [ids[0]], by: "ana", at: noon)
    try library.edit(.renameTag(tag("client"), to: tag("old")), by: "ana", at: noon)
    #expect(try library.generations(ids).map(\.tags) == [["old"], ["old"], ["old/acme"]])
    #expect(throws: EditError.noSuchTag(try tag("client"))) {
      try library.edit(.deleteTag(tag("client")), by: "ana", at: noon)
    }
    #expect(throws: EditError.renamesIntoItself(try tag("old"))) {
      try library.edit(.renameTag(tag("old"), to: tag("old/x")), by: "ana", at: noon)
    }
    _ = try library.undo(at: noon)
    #expect(
      try library.generations(ids).map(\.tags) == [["client", "old"], ["client"], ["client/acme"]])
  }

  @Test("renaming a tag to its parent tag leaves each generation with its own tag")
  func renamingToParent() throws {
    let home = try TemporaryLibrary()
    let library = home.library
    let names = ["a/b/b/z", "a/b/z", "a/b/b", "a/b"]
    let ids = try library.plant(["cat", "dog", "owl", "fox"])
    for (id, name) in zip(ids, names) {
      try library.edit(.tag(add: [tag(name)], remove: []), on: [id], by: "ana", at: noon)
    }
    let report = try library.edit(.renameTag(tag("a/b"), to: tag("a")), by: "ana", at: noon)
    #expect(report.changed == 4)
    #expect(try library.generations(ids).map(\.tags) == [["a/b/z"], ["a/z"], ["a/b"], ["a"]])
    _ = try library.undo(at: noon)
    #expect(try library.generations(ids).map(\.tags) == names.map { [$0] })
  }

  @Test("renaming a tag counts a generation with several of its subtags once")
  func renamingSubtags() throws {
    let home = try TemporaryLibrary()
    let library = home.library
    let ids = try library.plant(["cat", "dog"], tags: ["client/a", "client/b"])
    let report = try library.edit(.renameTag(tag("client"), to: tag("kunde")), by: "ana", at: noon)
    #expect(report.changed == 2 && report.changedIDs.sorted() == ids)
    #expect(
      try library.history(limit: 1).map(\.action) == [
        "rename tag client to kunde on 2 generations"
      ])
  }

  @Test("collections keep their order")
  func collections() throws {
    let home = try TemporaryLibrary()
    let library = home.library
    let ids = try library.plant(["a", "b", "c", "d"])
    try library.edit(.collect("best"), on: [ids[2], ids[0]], by: "ana", at: noon)
    try library.edit(.collect("best"), on: [ids[1], ids[0]], by: "ana", at: noon)
    #expect(try library.members(ofCollection: "best") == [ids[2], ids[0], ids[1]])
    try library.edit(.arrange("best"), on: [ids[1], ids[3]], by: "ana", at: noon)
    #expect(try library.members(ofCollection: "best") == [ids[1], ids[2], ids[0]])
    try library.edit(.trash, on: [ids[2]], by: "ana", at: noon)
    #expect(try library.members(ofCollection: "best") == [ids[1], ids[0]])
    #expect(try library.collections().map(\.count) == [2])
    #expect(throws: EditError.noSuchCollection("worst")) {
      try library.edit(.uncollect("worst"), on: ids, by: "ana", at: noon)
    }
  }

  @Test("undoing skips and names fields that were edited since")
  func keptFields() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat", "dog"])
    try home.library.edit(.rate(3), on: ids, by: "ana", at: noon)
    try home.library.write { database in
      try database.execute(sql: "UPDATE generation SET rating = 5 WHERE id = 1")
      try database.execute(sql: "DELETE FROM generation WHERE id = 2")
    }
    let step = try #require(try home.library.undo(at: noon).first)
    #expect(step.kept == [HistoryStep.Kept(generation: ids[0], field: .rating)])
    #expect(step.gone == 1)
    #expect(try home.library.generation(ids[0])?.rating == 5)
  }

  @Test("the NUL in a note is removed, because SQLite would cut the note")
  func nul() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat"])
    try home.library.edit(.note("a\0b"), on: ids, by: "ana", at: noon)
    #expect(try home.library.generation(ids[0])?.note == "ab")
    _ = try home.library.undo(at: noon)
    #expect(try home.library.generation(ids[0])?.note == nil)
  }

  @Test("lines that two processes append to a note are both in it")
  func appending() throws {
    let home = try TemporaryLibrary()
    let other = try home.reopened()
    let ids = try home.library.plant(["cat", "dog"])
    try home.library.edit(.appendNote("one"), on: ids, by: "ana", at: noon)
    try other.edit(.appendNote("two"), on: [ids[0]], by: "bo", at: noon)
    try home.library.edit(.appendNote("th\0ree"), on: [ids[0]], by: "ana", at: noon)
    #expect(try home.library.generations(ids).map(\.note) == ["one\ntwo\nthree", "one"])
    #expect(try home.library.edit(.appendNote("\0"), on: ids, by: "ana", at: noon).changed == 0)
    _ = try home.library.undo(2, at: noon)
    #expect(try home.library.generations(ids).map(\.note) == ["one", "one"])
  }

  @Test("a note that changed while it was edited is not replaced")
  func changedNote() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat"])
    let library = home.library
    try library.edit(.changeNote(from: nil, to: "one"), on: ids, by: "ana", at: noon)
    #expect(throws: EditError.noteChanged) {
      try library.edit(.changeNote(from: nil, to: "two"), on: ids, by: "bo", at: noon)
    }
    #expect(try library.generation(ids[0])?.note == "one")
    try library.edit(.changeNote(from: "one", to: ""), on: ids, by: "bo", at: noon)
    #expect(try library.generation(ids[0])?.note == nil)
    #expect(
      try library.history(limit: 1).map(\.action) == ["remove the note of 1 generation"])
  }

  @Test("a clock that went backwards does not make a later edit the older one")
  func backwardsClock() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat"])
    try home.library.edit(.rate(3), on: ids, by: "ana", at: noon)
    try home.library.edit(.rate(4), on: ids, by: "ana", at: noon.advanced(bySeconds: -3600))
    let stamps = try home.library.read { database in
      try Int64.fetchAll(database, sql: "SELECT at FROM field_edit")
    }
    #expect(stamps == [noon.milliseconds + 1])
    #expect(try home.library.history(limit: 9).map(\.at) == [noon, noon])
  }

  @Test("bad names and ratings are refused before anything is written")
  func refusals() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat"])
    #expect(throws: EditError.badRating(6)) {
      try home.library.edit(.rate(6), on: ids, by: "ana", at: noon)
    }
    #expect(throws: EditError.badName("")) {
      try home.library.edit(.collect(""), on: ids, by: "ana", at: noon)
    }
    #expect(throws: EditError.badName("a\u{1b}")) {
      try home.library.edit(.saveSearch(name: "a\u{1b}", query: "x"), by: "ana", at: noon)
    }
  }

  @Test("undo and edits of one generation scan no table")
  func plans() throws {
    let home = try TemporaryLibrary()
    let plans: [[String]] = try home.library.read { database in
      try [
        "SELECT * FROM change WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1",
        "SELECT at FROM change ORDER BY id DESC LIMIT 1",
        "SELECT targets FROM change_item WHERE change_id = 1 AND sequence < 9 ORDER BY sequence DESC",
        "SELECT id FROM generation WHERE uid = x'00'",
      ].map { try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + $0).map { $0["detail"] } }
    }
    #expect(
      plans == [
        ["SCAN change"], ["SCAN change"],
        ["SEARCH change_item USING PRIMARY KEY (change_id=? AND sequence<?)"],
        ["SEARCH generation USING COVERING INDEX generation_uid (uid=?)"],
      ], "a SCAN in the order of ids ends with its first row")
  }

  @Test("an edit that reads ahead on a second connection changes the same as one that does not")
  func readingAhead() throws {
    var random = SeededGenerator(seed: 41)
    let home = try TemporaryLibrary()
    let ids = try home.library.plant((0..<30).map { "cat \($0 % 4) a" }, tags: ["a"])
    for step in 0..<60 {
      guard case .generations(let edit, let some) = AnyEdit.random(on: ids, &random)
      else { continue }
      func changes(_ pageSize: Int) throws -> (EditReport, [String]) {
        let report = try home.library.edit(edit, on: some, by: "ana", at: noon, pageSize: pageSize)
        return (report, try home.library.everything())
      }
      guard let ahead = try? changes(4) else { continue }
      #expect(try home.library.write { try SearchIndex.verify(in: $0) }.isEmpty, "\(step): \(edit)")
      guard ahead.0.change != nil else { continue }
      _ = try home.library.undo(at: noon)
      let whole = try changes(1_000)
      #expect(whole.0.changedIDs == ahead.0.changedIDs && whole.1 == ahead.1, "\(step): \(edit)")
    }
  }

  @Test("an edit that reads ahead and fails changes nothing, and the next edit is made")
  func failureWhileReadingAhead() throws {
    let home = try TemporaryLibrary()
    let library = home.library
    let ids = try library.plant((0..<20).map { "cat \($0)" })
    let before = try library.everything()
    let edit = Edit.tag(add: [try tag("b")], remove: [])
    for failing in [1, 9, 20] {
      try library.write { database in
        try database.execute(
          sql: """
            CREATE TRIGGER failing BEFORE INSERT ON generation_tag
            WHEN NEW.generation_id = \(failing) BEGIN SELECT RAISE(ABORT, 'failing'); END
            """)
      }
      #expect(throws: LibraryError.self) {
        try library.edit(edit, on: ids, by: "ana", at: noon, pageSize: 2)
      }
      try library.write { try $0.execute(sql: "DROP TRIGGER failing") }
      #expect(try library.everything() == before)
    }
    #expect(try library.edit(edit, on: ids, by: "ana", at: noon, pageSize: 2).changed == 20)
  }

  @Test("renaming a tag renames the tags below it, whatever scalars its name consists of")
  func tagsBelow() throws {
    for name in ["\u{1F1E9}\u{1F1EA}", "Cafe\u{301}", "\u{1F469}\u{200D}\u{1F680}", "plain"] {
      let home = try TemporaryLibrary()
      let ids = try home.library.plant(["cat"], tags: [name, name + "/x", name + "\u{301}/y"])
      try home.library.edit(.renameTag(try tag(name), to: try tag("new")), by: "ana", at: noon)
      let tags = try #require(try home.library.generation(ids[0])).tags.map(\.description)
      #expect(tags.sorted() == [name + "\u{301}/y", "new", "new/x"].sorted(), "\(name)")
    }
  }

  @Test("a uid of another length stops an edit, so that undoing it never confuses generations")
  func damagedUID() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat", "dog", "owl"])
    try home.library.write {
      try $0.execute(sql: "UPDATE generation SET uid = substr(uid, 1, 15) WHERE id = 2")
    }
    #expect(throws: LibraryError.self) {
      try home.library.edit(.rate(5), on: ids, by: "ana", at: noon)
    }
    #expect(try home.library.generation(ids[0])?.rating == nil)
  }

  @Test("a page of a change has a bounded number of rows, also of the library")
  func boundedPages() throws {
    let home = try TemporaryLibrary()
    try home.library.write { database in
      try database.execute(
        sql: """
          INSERT INTO change(id, at, actor, action) VALUES (1, 0, 'ana', 'many');
          WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT 40000)
          INSERT INTO change_item(change_id, sequence, field, after)
          SELECT 1, n, 'search/x', n FROM numbers;
          """)
      let page = try ChangeItem.page(of: 1, .undo, from: .max, in: database)
      #expect((1...ChangeTargets.most).contains(page.count))
    }
  }
}
