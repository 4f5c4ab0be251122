import Foundation
import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import Testing

@testable import SeedbankWeb

@Suite("Edits over HTTP") struct EditingTests {
  private func prepare(_ library: Library) throws {
    for prompt in ["red cat", "blue cat", "dog"] { try library.add(prompt) }
  }

  private func edit(_ test: TestServer, _ body: String) async throws -> RawReply {
    try await test.request("PATCH", "/api/selection", body: body)
  }

  @Test("every edit of a selection is one entry of the history, which undo reverts")
  func undo() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      func state() throws -> [Generation] {
        try test.library.generations((1...3).map { GenerationID($0) })
      }
      let before = try state()
      let edits = [
        #"{"tags": {"add": ["a/b", "c"], "remove": []}}"#, #"{"rating": 4}"#,
        #"{"favorite": true}"#,
        #"{"note": "<b>hello</b>"}"#, #"{"collection": {"add": "Best"}}"#, #"{"trash": true}"#,
      ]
      for body in edits {
        let reply = try await edit(test, #"{"query": "cat", "edit": \#(body)}"#)
        #expect(reply.status == 200, "\(body): \(reply.text)")
        #expect(try reply.json()["count"] as? Int == 2, "\(body)")
        if !body.contains("collection") { #expect(try state() != before, "\(body)") }
        let undone = try await test.request("POST", "/api/undo", body: "{}")
        #expect(try undone.json()["count"] as? Int == 2)
        #expect(try state() == before, "\(body)")
      }
      let redone = try await test.request("POST", "/api/redo", body: "{}").json()
      #expect((redone["action"] as? String)?.contains("delete 2 generations") == true)
      #expect(try await test.request("POST", "/api/redo", body: "{}").status == 409)
      #expect(try await test.get("/api/ids?q=cat").body.isEmpty)
    }
  }

  @Test("an edit is made in the library that has replaced another one, and in none after a removal")
  func replacedLibrary() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      var moved: [URL] = []
      defer { for place in moved { try? FileManager.default.removeItem(at: place) } }
      func moveAway() throws {
        let place = test.folder.appendingPathExtension(UUID().uuidString)
        try FileManager.default.moveItem(at: test.folder, to: place)
        moved.append(place)
      }
      let favorite = #"{"ids": [1], "edit": {"favorite": true}}"#
      #expect(try await edit(test, favorite).status == 200)
      try moveAway()
      let other = try Library.open(test.library.folder, for: .creating)
      try prepare(other)
      let reply = try await edit(test, #"{"ids": [1], "edit": {"rating": 4}}"#)
      #expect(reply.status == 200, "\(reply.text)")
      let edited = try #require(try other.generation(.init(1)))
      #expect(edited.rating == 4 && !edited.isFavorite)
      #expect(try await test.get("/api/generations/1").json()["rating"] as? Int == 4)
      try moveAway()
      #expect(try await edit(test, favorite).status == 500)
      #expect(!FileManager.default.fileExists(atPath: test.folder.path))
    }
  }

  @Test("undo and redo with the number of an edit change no other edit")
  func numberedUndo() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      func post(_ path: String, _ change: Int) async throws -> RawReply {
        try await test.request("POST", path, body: #"{"change": \#(change)}"#)
      }
      let edited = try await edit(test, #"{"ids": [1], "edit": {"rating": 4}}"#).json()
      let rating = try #require(edited["change"] as? Int)
      // Another program edits too.
      let report = try test.library.edit(
        .favorite(true), on: [GenerationID(2)], by: "other", at: TestServer.now)
      let favorite = try #require(report.change.map { Int($0) })

      let refused = try await post("/api/undo", rating)
      #expect(refused.status == 409 && refused.code == "not_most_recent")
      #expect(try test.library.generation(.init(1))?.rating == 4)
      #expect(try test.library.generation(.init(2))?.isFavorite == true)

      let undone = try await post("/api/undo", favorite)
      #expect(undone.status == 200)
      #expect(try undone.json()["change"] as? Int == favorite)
      #expect(try await post("/api/undo", favorite).status == 409)
      #expect(try await post("/api/undo", rating).status == 200)

      // The edit that was undone last is redone first.
      #expect(try await post("/api/redo", favorite).status == 409)
      #expect(try await post("/api/redo", rating).status == 200)
      #expect(try await post("/api/redo", favorite).status == 200)
      #expect(try test.library.generation(.init(1))?.rating == 4)
      #expect(try test.library.generation(.init(2))?.isFavorite == true)
    }
  }

  @Test(
    "undo refuses a body with a wrong value",
    arguments: [
      #"{"change": null}"#, #"{"change": "1"}"#, #"{"change": 1.5}"#, #"{"id": 1}"#,
      #"{"change": 99999999999999999999}"#,
    ])
  func wrongUndo(_ body: String) async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      _ = try await edit(test, #"{"ids": [1], "edit": {"rating": 4}}"#)
      #expect(try await test.request("POST", "/api/undo", body: body).status == 422)
      #expect(try test.library.generation(.init(1))?.rating == 4)
    }
  }

  @Test("an edit that changes nothing and a dry run have no number")
  func noNumber() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      for more in [#""edit": {"rating": 0}"#, #""dry_run": true, "edit": {"rating": 3}"#] {
        let reply = try await edit(test, #"{"ids": [1], \#(more)}"#)
        #expect(reply.status == 200 && reply.text.contains(#""change":null"#), "\(reply.text)")
      }
    }
  }

  @Test("a dry run counts and changes nothing")
  func dryRun() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      let reply = try await edit(
        test, #"{"query": "cat", "except": [1], "dry_run": true, "edit": {"rating": 2}}"#)
      #expect(try reply.json()["count"] as? Int == 1)
      #expect(try test.library.generation(.init(2))?.rating == nil)
      #expect(try await test.request("POST", "/api/undo", body: "{}").status == 409)
    }
  }

  @Test("null removes a rating or a note, and an image can be removed from a collection")
  func removal() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      for body in [#"{"rating": 3}"#, #"{"note": "n"}"#, #"{"collection": {"add": "Best"}}"#] {
        _ = try await edit(test, #"{"ids": [1], "edit": \#(body)}"#)
      }
      for body in [
        #"{"rating": null}"#, #"{"note": null}"#, #"{"collection": {"remove": "Best"}}"#,
      ] {
        #expect(
          try await edit(test, #"{"ids": [1], "edit": \#(body)}"#).json()["count"] as? Int == 1)
      }
      let generation = try #require(try test.library.generation(.init(1)))
      #expect(generation.rating == nil && generation.note == nil)
    }
  }

  @Test("a note is replaced only if it is still the expected one")
  func expectedNote() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      func set(_ notes: String) async throws -> RawReply {
        try await edit(test, #"{"ids": [1], "edit": {"note": {\#(notes)}}}"#)
      }
      #expect(try await set(#""from": null, "to": "sharper""#).json()["count"] as? Int == 1)
      // Another person has opened the form before that.
      let refused = try await set(#""from": null, "to": "softer""#)
      #expect(refused.status == 409 && refused.code == "note_changed")
      #expect(try test.library.generation(.init(1))?.note == "sharper")
      #expect(try await set(#""from": "sharper", "to": null"#).json()["count"] as? Int == 1)
      #expect(try test.library.generation(.init(1))?.note == nil)
    }
  }

  @Test(
    "the error of a wrong edit names the member, and that of another body says what it is not",
    arguments: [
      (#"{"ids": [1], "edit": null}"#, "'edit'"), (#"{"ids": [1], "edit": []}"#, "'edit'"),
      (#"{"ids": [1], "edit": "x"}"#, "'edit'"), (#"[1]"#, "not a JSON object"),
    ])
  func namedMember(_ body: String, _ words: String) async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      let reply = try await edit(test, body)
      #expect(reply.status == 422 && reply.text.contains(words), "\(reply.text)")
    }
  }

  @Test(
    "a body with a wrong value changes nothing",
    arguments: [
      (#"{"#, 400), (#"[]"#, 422), (#"{}"#, 422), (#"{"ids": [1]}"#, 422),
      (#"{"edit": {"rating": 1}}"#, 422), (#"{"query": "  ", "edit": {"rating": 1}}"#, 422),
      (#"{"ids": [1], "edit": {"rating": 6}}"#, 422),
      (#"{"ids": [1], "edit": {"rating": "5"}}"#, 422),
      (#"{"ids": [1], "edit": {"rating": 2.5}}"#, 422),
      (#"{"ids": [1], "edit": {"rating": 1e99}}"#, 422),
      (#"{"ids": [1.5], "edit": {"rating": 1}}"#, 422),
      (#"{"ids": [99999999999999999999], "edit": {"rating": 1}}"#, 422),
      (#"{"ids": [1], "edit": {"rating": 1, "favorite": true}}"#, 422),
      (#"{"ids": [1], "edit": {"tags": {"add": [""]}}}"#, 422),
      (#"{"ids": [1], "edit": {"tags": {"add": ["a;b"]}}}"#, 422),
      (#"{"ids": [1], "edit": {"tags": "a"}}"#, 422), (#"{"ids": [1], "edit": {"tags": {}}}"#, 422),
      (#"{"ids": [1], "edit": {"collection": {"add": "a", "remove": "b"}}}"#, 422),
      (#"{"ids": [1], "edit": {"collection": {"remove": "nothing"}}}"#, 422),
      (#"{"ids": [1], "edit": {"favorite": null}}"#, 422),
      (#"{"ids": [1], "edit": {"note": 1}}"#, 422), (#"{"ids": [1], "edit": {"note": {}}}"#, 422),
      (#"{"ids": [1], "edit": {"note": {"to": "a"}}}"#, 422),
      (#"{"ids": [1], "edit": {"note": {"from": 1, "to": "a"}}}"#, 422),
      (#"{"ids": [1], "edit": {"note": {"from": null, "to": "a", "add": "b"}}}"#, 422),
      (#"{"ids": ["1"], "edit": {"rating": 1}}"#, 422),
      (#"{"ids": [1], "query": "cat", "edit": {"rating": 1}}"#, 422),
      (#"{"ids": [1], "edit": {"rating": 1}, "dryrun": true}"#, 422),
      (#"{"query": "rating:9", "edit": {"rating": 1}}"#, 400),
      (#"{"ids": [1], "edit": {"unknown": 1}}"#, 422),
      (String(repeating: "[", count: 100_000), 400),
    ])
  func wrongBody(_ body: String, _ status: Int) async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      let reply = try await edit(test, body)
      #expect(reply.status == status)
      #expect(
        reply.text.contains("the request body is not valid JSON")
          == (status == 400 && !body.contains("query")))
      #expect(try test.library.history(limit: 10).isEmpty)
    }
  }
}
