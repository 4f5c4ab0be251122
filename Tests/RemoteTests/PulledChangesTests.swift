import Testing

@testable import SeedbankRemote
@testable import SeedbankStorage

@Suite("Changes of the catalog by a pull")
struct PulledChangesTests: SharedRemoteSuite {
  let remote: SharedRemote

  init() throws { remote = try SharedRemote() }

  @Test("a pull that changes known generations is noticed, and a push is no change")
  func knownGenerations() async throws {
    let ids = try ana.plant(["cat"], seed: 1)
    try await ana.push(store)
    try await bo.pull(store)
    let library = try bo.library()
    let before = try library.position()
    #expect(try library.changes(since: before, limit: 20).changes == .generations([]))

    try ana.edit(.rate(3), ids)
    try await ana.push(store)
    try await bo.pull(store)
    let (changes, after) = try library.changes(since: before, limit: 20)
    #expect(changes == .many)
    let read = try CatalogPosition(json: #require(after.json))
    #expect(read == after)
    // As an earlier version wrote it.
    let earlier = try #require(CatalogPosition(json: #"{"newest":1,"last_change":0}"#))
    #expect(try library.changes(since: earlier, limit: 20).changes == .many)

    try bo.plant(["dog"], seed: 2)
    let planted = try library.position()
    try await bo.push(store)
    #expect(try library.changes(since: planted, limit: 20).changes == .generations([]))
  }
}
