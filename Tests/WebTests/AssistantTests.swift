import FilePaths
import Foundation
import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import Testing

@testable import SeedbankWeb

@Suite("The Model Context Protocol") struct AssistantTests {
  private func server(edits: Bool, _ body: (AssistantServer, Library) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "mcp-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let library = try Library.open(LibraryFolder(path: folder.path), for: .creating)
    try library.add("a red cat", tags: ["pets"])
    try library.add("a dog")
    try body(
      AssistantServer(
        library, editor: edits ? "assistant" : nil, version: "0",
        wording: Wording(sentence: { ("\($0)", "try again") }, note: { "\($0)" }),
        local: { .utc(now: TestServer.now) }), library)
  }

  private func ask(_ server: AssistantServer, _ line: String) throws -> [String: Any] {
    let answer = try #require(server.answer(to: Array(line.utf8)))
    #expect(!answer.contains(0x0A))
    return try JSONSerialization.jsonObject(with: Data(answer)) as? [String: Any] ?? [:]
  }

  private func call(_ server: AssistantServer, _ tool: String, _ arguments: String) throws
    -> (text: String, isError: Bool)
  {
    let answer = try ask(
      server,
      #"{"jsonrpc":"2.0","id":"x","method":"tools/call","params":{"name":"\#(tool)","arguments":\#(arguments)}}"#
    )
    let result = answer["result"] as? [String: Any]
    let content = (result?["content"] as? [[String: Any]])?.first
    return (content?["text"] as? String ?? "", result?["isError"] as? Bool ?? true)
  }

  @Test("the first reply names a version of the protocol that both sides have")
  func version() throws {
    try server(edits: false) { server, _ throws in
      let known = try ask(
        server,
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2024-11-05","capabilities":{}}}"#
      )
      #expect((known["result"] as? [String: Any])?["protocolVersion"] as? String == "2024-11-05")
      #expect(known["id"] as? Int == 1)
      // That version requires batches of messages, so the client gets one that it knew before.
      let batches = try ask(
        server,
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26"}}"#
      )
      #expect((batches["result"] as? [String: Any])?["protocolVersion"] as? String == "2024-11-05")
      let other = try ask(
        server,
        #"{"jsonrpc":"2.0","id":2,"method":"initialize","params":{"protocolVersion":"1999-01-01"}}"#
      )
      #expect((other["result"] as? [String: Any])?["protocolVersion"] as? String == "2025-06-18")
      let note = #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#
      #expect(server.answer(to: Array(note.utf8)) == nil)
    }
  }

  @Test("the tools for edits exist only if edits are allowed")
  func allowedEdits() throws {
    func names(_ server: AssistantServer) throws -> [String] {
      let list = try ask(server, #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#)
      let tools = (list["result"] as? [String: Any])?["tools"] as? [[String: Any]] ?? []
      for tool in tools {
        #expect((tool["inputSchema"] as? [String: Any])?["type"] as? String == "object")
      }
      return tools.compactMap { $0["name"] as? String }
    }
    try server(edits: false) { server, _ throws in
      #expect(try names(server) == ["search", "show", "facets"])
      let refused = try ask(
        server,
        #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"edit","arguments":{"ids":[1],"edit":{"rating":1}}}}"#
      )
      #expect((refused["error"] as? [String: Any])?["code"] as? Int == -32602)
    }
    try server(edits: true) { server, library throws in
      #expect(try names(server) == ["search", "show", "facets", "edit", "undo"])
      #expect(
        try call(server, "edit", #"{"query":"cat","edit":{"rating":3}}"#).text
          == #"{"count":1,"change":1}"#)
      #expect(try library.generation(.init(1))?.rating == 3)
      #expect(try call(server, "undo", #"{"change":2}"#).isError)
      #expect(try library.generation(.init(1))?.rating == 3)
      #expect(try call(server, "undo", #"{"change":1}"#).text.contains("rate 1 generation"))
      #expect(try library.generation(.init(1))?.rating == nil)
      #expect(try call(server, "undo", "{}").isError)
    }
  }

  @Test("search, show and facets give the same replies as the HTTP API")
  func tools() throws {
    try server(edits: false) { server, _ throws in
      let found = try call(server, "search", #"{"query":"tag:pets"}"#)
      #expect(!found.isError)
      #expect(found.text.contains("a red cat") && !found.text.contains("a dog"))
      #expect(try call(server, "show", #"{"id":1}"#).text.contains("\"timeline\""))
      #expect(
        try call(server, "facets", #"{"query":""}"#).text.contains(
          #""tags":[{"value":"pets","count":1}]"#))
      let wrong = try call(server, "search", #"{"query":"rating:9"}"#)
      #expect(wrong.isError && wrong.text.contains("hint: try again"))
      #expect(try call(server, "show", #"{"id":99}"#).isError)
      #expect(try call(server, "search", #"{"query":"cat","limit":1000}"#).isError)
      #expect(try call(server, "show", "[]").isError)
    }
  }

  @Test("an argument that is missing, wrong or unknown is named")
  func wrongArguments() throws {
    try server(edits: false) { server, _ throws in
      for (tool, arguments, name) in [
        ("show", #"{"id":"1"}"#, "'id'"), ("show", "{}", "'id'"),
        ("show", #"{"id":1,"more":2}"#, "'more'"), ("facets", #"{"query":1}"#, "'query'"),
        ("show", "[]", "'arguments'"), ("show", "null", "'id'"),
      ] {
        let reply = try call(server, tool, arguments)
        #expect(reply.isError && reply.text.contains(name), "\(reply.text)")
      }
      #expect(try call(server, "facets", "{}").text.contains(#""count":2"#))
    }
  }

  @Test("an edit is made in the library that has replaced another one")
  func replacedLibrary() throws {
    try server(edits: true) { server, library throws in
      let edit = #"{"ids":[1],"edit":{"rating":3}}"#
      #expect(try !call(server, "edit", edit).isError)
      try FileManager.default.removeItem(atPath: library.folder.path.text)
      let other = try Library.open(library.folder, for: .creating)
      try other.add("a fox")
      let reply = try call(server, "edit", edit)
      #expect(!reply.isError, "\(reply.text)")
      #expect(try other.generation(.init(1))?.rating == 3)
    }
  }

  @Test(
    "a line that is not a request gets the error code of JSON-RPC",
    arguments: [
      ("{", -32700), ("[]", -32600), (#"{"id":1,"method":"ping"}"#, -32600),
      (#"{"jsonrpc":"2.0","id":1,"method":"nothing"}"#, -32601), ("", -32700),
    ])
  func wrongLines(_ line: String, _ code: Int) throws {
    try server(edits: false) { server, _ throws in
      let error = try ask(server, line)["error"] as? [String: Any]
      #expect(error?["code"] as? Int == code)
    }
  }
}
