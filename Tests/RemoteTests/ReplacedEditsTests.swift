import GRDB
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote
@testable import SeedbankStorage

@Suite("Edits that a pull replaces with later ones")
struct ReplacedEditsTests: SharedRemoteSuite {
  let remote: SharedRemote

  /// The clock of the first library is ahead.
  init() throws { remote = try SharedRemote(shifts: (0, -5 * 86_400_000)) }

  private func exchange() async throws {
    for replica in [ana, bo, ana, bo] {
      try await replica.push(store)
      try await replica.pull(store)
    }
  }

  @Test("the history shows an edit that a pull replaced, and undo brings it back in all libraries")
  func replaced() async throws {
    let ids = try ana.plant(["cat", "dog"], seed: 1)
    try await exchange()
    try bo.edit(.note("long text"), try bo.ids())
    try ana.edit(.note("short"), [ids[0]])
    try await ana.push(store)
    let pulled = try await bo.pull(store)
    #expect(pulled.replacedEdits == 1 && pulled.conflictCount == 1)
    #expect(pulled.conflicts.map(\.field) == ["note"])
    let change = try #require(try bo.library().history(limit: 1).first)
    #expect(change.action == "merge: 1 edit replaced by a later one")
    #expect(change.actor == "pull from team" && change.generations == 1)
    let step = try #require(try bo.library().undo(at: bo.now).first)
    #expect(step.fields == 1 && step.kept.isEmpty)
    try await exchange()
    for replica in [ana, bo] {
      let notes = try replica.ids().map { try replica.library().generation($0)?.note }
      #expect(notes == ["long text", "long text"])
    }
  }

  @Test("a value that another library edits again and again replaces no edit of this library")
  func successive() async throws {
    let ids = try ana.plant(["cat"], seed: 1)
    try await exchange()
    // This library has a history of the field too.
    try bo.edit(.rate(5), try bo.ids())
    try await exchange()
    for stars in 1...3 {
      try ana.edit(.rate(stars), ids)
      try await ana.push(store)
      // The first edit replaces the one of this library, whether it was known or not.
      #expect(try await bo.pull(store).replacedEdits == (stars == 1 ? 1 : 0))
    }
    #expect(try bo.library().historyCount() == 2)
    let cleo = try Replica()
    #expect(try await cleo.pull(store).conflictCount == 0)
    #expect(try cleo.library().historyCount() == 0)
  }

  @Test(
    "a generation that both sides deleted replaces no edit, also if one then emptied its trash",
    arguments: [false, true])
  func bothDeleted(_ isErased: Bool) async throws {
    let ids = try ana.plant(["cat"], seed: 1)
    try await exchange()
    try bo.edit(.trash, try bo.ids())
    try ana.edit(.trash, ids)
    if isErased { try ana.library().emptyTrash(at: ana.now) }
    try await ana.push(store)
    let pulled = try await bo.pull(store)
    #expect(pulled.replacedEdits == 0 && pulled.conflictCount == 0)
    #expect(try bo.library().historyCount() == 1)
    _ = try bo.library().undo(at: bo.now)
    try await exchange()
    #expect(try ana.ids().isEmpty == isErased)
    #expect(try bo.library().trash(limit: 9).count == 1)
  }

  @Test("an undo that leaves a generation in the trash does not bring it back in other libraries")
  func undoWithinTrash() async throws {
    let ids = try ana.plant(["cat"], seed: 1)
    try await exchange()
    try ana.edit(.trash, ids)
    try ana.library().emptyTrash(at: ana.now)
    try await exchange()
    let library = try bo.library()
    let id = try #require(try bo.ids().first)
    let uid = try #require(try library.generation(id)?.uid)
    try library.write { database in
      let after = try GenerationFields.value(.trashed, of: id.rawValue, in: database)
      try database.execute(
        sql: "INSERT INTO change(at, actor, action) VALUES (0, 'pull', 'merge: 1 edit')")
      try RecordedChange(
        field: EditField.trashed.description, before: "1800000000000", after: after
      ).insert(into: database.lastInsertedRowID, at: 1, targets: uid.bytes, in: database)
    }
    let step = try #require(try library.undo(at: bo.now).first)
    #expect(step.fields == 0 && step.kept.isEmpty)
    try await exchange()
    #expect(try ana.ids().isEmpty)
    #expect(try library.trash(limit: 9) == [id])
  }

  @Test("an edit that several libraries replace in one pull is one edit in the history")
  func replacedTwice() async throws {
    let ids = try ana.plant(["cat"], seed: 1)
    let cleo = try Replica()
    try await exchange()
    try await cleo.pull(store)
    try bo.edit(.note("first"), try bo.ids())
    try ana.edit(.note("second"), ids)
    try await ana.push(store)
    try await cleo.pull(store)
    try cleo.edit(.note("third"), try cleo.ids())
    try await cleo.push(store)
    #expect(try await bo.pull(store).replacedEdits == 1)
    #expect(try bo.library().historyCount() == 2)
    let step = try #require(try bo.library().undo(at: bo.now).first)
    #expect(step.fields == 1 && step.kept.isEmpty)
    #expect(try bo.library().generation(try #require(bo.ids().first))?.note == "first")
  }
}
