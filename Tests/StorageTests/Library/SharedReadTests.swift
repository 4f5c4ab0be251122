import Dispatch
import GRDB
import Synchronization
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("Reading with two connections") struct SharedReadTests {
  @Test("two connections read the same state while another process commits")
  func sameState() throws {
    let home = try TemporaryLibrary()
    try home.library.add(many: 10)
    let writer = try Library.open(home.library.folder, for: .writing)
    let isDone = Mutex(false)
    let group = DispatchGroup()
    DispatchQueue(label: "writer").async(group: group) {
      var number = 0
      while !isDone.withLock(\.self) {
        number += 1
        try? writer.write { database in
          try database.execute(sql: "UPDATE generation SET note = ?", arguments: ["\(number)"])
        }
      }
    }
    for _ in 0..<20 {
      let notes = try home.library.readTogether(dividing: 0) { database in
        try String.fetchOne(database, sql: "SELECT note FROM generation ORDER BY id LIMIT 1")
      }
      #expect(notes.count == 2)
      #expect(notes[0] == notes[1])
    }
    isDone.withLock { $0 = true }
    group.wait()
  }

  @Test("two connections fail if the data changes at each attempt")
  func endlessChanges() throws {
    let home = try TemporaryLibrary()
    let other = try home.reopened()
    let number = Atomic(0)
    let shared = SharedRead(2, attempts: 3) { _ in number.add(1, ordering: .relaxed).newValue }
    let result = Mutex<Result<Int, any Error>?>(nil)
    let group = DispatchGroup()
    DispatchQueue(label: "other").async(group: group) {
      let read = Result { try shared.read(other) { _ in 0 } }
      result.withLock { $0 = read }
    }
    let busy = LibraryError.busy(path: home.folder.catalog)
    #expect(throws: busy) { try shared.read(home.library) { _ in 0 } }
    group.wait()
    let read = result.withLock { $0 }
    #expect(throws: busy) { try read?.get() }
  }

  @Test("if one connection fails, its error is thrown", arguments: 0...1)
  func failure(_ number: Int) throws {
    let home = try TemporaryLibrary()
    try home.library.add(many: 10)
    let calls = Mutex(0)
    #expect(throws: LibraryError.self) {
      try home.library.readTogether(dividing: 0) { database in
        let call = calls.withLock { calls in
          calls += 1
          return calls - 1
        }
        if call == number { try database.execute(sql: "SELECT * FROM nothing") }
      }
    }
    // The connection is not left within a transaction.
    #expect(try home.library.statistics().generations == 10)
  }

  @Test(
    "statistics by two connections equal those by one, in parts of any length", arguments: 1...4)
  func statistics(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 70)
    let fixture = try SearchFixture()
    try fixture.fill(60, &random)
    let library = fixture.library
    let expected = try library.statistics(dividing: .max)
    #expect(expected.generations > 0)
    for chunk: Int64 in [1, 7, 59, 1_000] {
      #expect(try library.statistics(dividing: 0, chunk: chunk) == expected)
    }
  }

  @Test(
    "a dump by two connections equals that by one",
    arguments: [0, 1, 499, 500, 501, 1_000, 1_001, 1_500, 2_100])
  func dump(_ count: Int) throws {
    let home = try TemporaryLibrary()
    try home.library.add(many: count)
    if count > 3 {
      let ids = (1...Int64(count)).map { GenerationID($0) }
      try home.library.edit(
        .rate(3), on: ids, by: "someone", at: Timestamp(milliseconds: 1_900_000_000_000))
    }
    func dumped(dividing fewest: Int) throws -> [UInt8] {
      var bytes: [UInt8] = []
      try home.library.dump(dividing: fewest) { bytes += $0 }
      return bytes
    }
    let whole = try dumped(dividing: .max)
    #expect(try dumped(dividing: 0) == whole)
    #expect(whole.count { $0 == UInt8(ascii: "\n") } >= count)
  }

  @Test("a dump that cannot be written ends with that error, and the library can be used")
  func stopped() throws {
    struct Full: Error {}
    let home = try TemporaryLibrary()
    try home.library.add(many: 3_000)
    #expect(throws: Full.self) {
      try home.library.dump(dividing: 0) { _ in throw Full() }
    }
    #expect(try home.library.statistics().generations == 3_000)
  }
}
