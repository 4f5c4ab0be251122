import Foundation
import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import Testing

@testable import SeedbankWeb

@Suite("Events of changes") struct EventTests {
  /// A stream of events, with the text that has arrived so far.
  private struct Listener {
    let connection: RawConnection

    init(
      _ test: TestServer, _ fields: String = "", target: String = "/api/events"
    ) async throws {
      connection = try RawConnection(port: test.port)
      try await connection.send(
        "GET \(target) HTTP/1.1\r\nHost: \(test.host)\r\nAuthorization: Bearer \(test.token)\r\n"
          + fields + "\r\n")
    }

    /// Returns the text up to an event that contains `text`.
    func text(until text: String) async throws -> String {
      try await connection.receive(until: text)
    }
  }

  private func lastNumber(_ text: String) -> Int64? {
    text.split(separator: "\n").last { $0.hasPrefix("id: ") }.flatMap { Int64($0.dropFirst(4)) }
  }

  @Test("changes by this process and by others are sent as events")
  func changes() async throws {
    try await TestServer.run { _ in
    } prepare: {
      try $0.add("cat")
    } _: { test async throws in
      let listener = try await Listener(test)
      let start = try await listener.text(until: "id: ")
      #expect(start.contains("Content-Type: text/event-stream"))
      // An edit through the server.
      _ = try await test.request(
        "PATCH", "/api/selection", body: #"{"ids": [1], "edit": {"favorite": true}}"#)
      let edited = try await listener.text(until: "\"kind\":\"changed\"}\n\n")
      #expect(edited.contains("event: generation\ndata: {\"id\":1,"))
      // An edit through another connection, as by another process.
      try test.library.add("dog")
      _ = try await listener.text(until: "\"kind\":\"added\"}\n\n")
      _ = try test.library.edit(.trash, on: [GenerationID(2)], by: "t", at: TestServer.now)
      _ = try await listener.text(until: "\"kind\":\"removed\"}\n\n")
      _ = try test.library.undo(at: TestServer.now)
      _ = try await listener.text(until: "\"kind\":\"added\"}\n\n")
    }
  }

  @Test(
    "a client that reconnects gets the events that it missed, also after a restart of the server")
  func reconnection() async throws {
    try await TestServer.run { _ in
    } prepare: {
      try $0.add("cat")
    } _: { test async throws in
      let listener = try await Listener(test)
      _ = try await listener.text(until: "id: ")
      try test.library.add("dog")
      let seen = try #require(lastNumber(try await listener.text(until: "\"added\"}\n\n")))
      try test.library.add("fox")
      let missed = try await Listener(test, "Last-Event-ID: \(seen)\r\n").text(until: "added")
      #expect(missed.contains("\"id\":3,"))
      #expect(!missed.contains("\"id\":2,"))
      #expect(try #require(lastNumber(missed)) > seen)
      await test.server.stop()
      try test.library.add("owl")
      let again = try await TestServer.start({ _ in }, test.library, test.folder)
      let later = try await Listener(
        again, "Last-Event-ID: \(try #require(lastNumber(missed)))\r\n")
      let text = try await later.text(until: "\"added\"}\n\n")
      #expect(text.contains("\"id\":4,"))
      #expect(!text.contains("reset"))
      let old = try await Listener(again, "Last-Event-ID: 1\r\n").text(until: "data:")
      #expect(old.contains("event: reset"))
      await again.server.stop()
    }
  }

  @Test("image files that are removed and downloaded again are reported")
  func absentImages() async throws {
    try await TestServer.run { _ in
    } prepare: {
      try $0.add("cat", shade: 3)
    } _: { test async throws in
      let image = try #require(try test.library.generation(.init(1))?.images.first)
      let listener = try await Listener(test)
      _ = try await listener.text(until: "id: ")
      try test.library.drop(
        PushedImage(digest: image.digest, format: image.format, bytes: image.bytes),
        at: TestServer.now)
      let dropped = try await listener.text(until: "\"changed\"}\n\n")
      #expect(dropped.contains("event: generation\ndata: {\"id\":1,"))
      try test.library.noteReturned([image.digest])
      let fetched = try await listener.text(until: "\"changed\"}\n\n")
      #expect(fetched.contains("event: generation\ndata: {\"id\":1,"))
    }
  }

  @Test("a stream asks to load everything again after the library was replaced")
  func replacedLibrary() async throws {
    try await TestServer.run { _ in
    } prepare: {
      try $0.add("cat")
    } _: { test async throws in
      let listener = try await Listener(test)
      _ = try await listener.text(until: "id: ")
      let old = test.folder.appendingPathExtension("old")
      defer { try? FileManager.default.removeItem(at: old) }
      try FileManager.default.moveItem(at: test.folder, to: old)
      let other = try Library.open(test.library.folder, for: .creating)
      let text = try await listener.text(until: "data: {}\n\n")
      #expect(text.contains("event: reset\n"))
      try other.add("dog")
      let added = try await listener.text(until: "\"added\"}\n\n")
      #expect(added.contains("data: {\"id\":1,"))
    }
  }

  @Test("a file with the largest number as that of the last event does not end the server")
  func largestNumber() async throws {
    try await TestServer.run { _ in
    } prepare: { library in
      try library.add("cat")
      EventState(last: .max, position: try library.position())
        .write(to: EventState.path(in: library.folder))
    } _: { test async throws in
      let listener = try await Listener(test)
      _ = try await listener.text(until: "id: ")
      try test.library.add("dog")
      #expect(try await listener.text(until: "\"added\"}\n\n").contains("data: {\"id\":2,"))
    }
  }

  @Test("records name the last event before them, so that a client gets the changes after them")
  func numberOfRecords() async throws {
    try await TestServer.run { _ in
    } prepare: {
      try $0.add("cat")
    } _: { test async throws in
      let page = try await test.get("/api/generations?limit=1")
      let number = try #require(page.header("Seedbank-Event").flatMap { Int64($0) })
      _ = try test.library.edit(.favorite(true), on: [GenerationID(1)], by: "t", at: TestServer.now)
      let listener = try await Listener(test, target: "/api/events?last_event_id=\(number)")
      let text = try await listener.text(until: "\"changed\"}\n\n")
      #expect(text.contains("data: {\"id\":1,") && !text.contains("reset"))
    }
  }

  @Test("an edit of many generations is one event that asks to load everything again")
  func largeEdit() async throws {
    try await TestServer.run { _ in
    } prepare: {
      try $0.add(1_100, "cat")
    } _: { test async throws in
      let listener = try await Listener(test)
      _ = try await listener.text(until: "id: ")
      let reply = try await test.request(
        "PATCH", "/api/selection", body: #"{"query": "", "all": true, "edit": {"favorite": true}}"#)
      #expect(try reply.json()["count"] as? Int == 1_100)
      let text = try await listener.text(until: "event: reset\ndata: {}\n\n")
      #expect(!text.contains("event: generation"))
    }
  }
}
