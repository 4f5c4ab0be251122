import Foundation
import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import TestProcesses
import Testing

@testable import SeedbankWeb

@Suite("The description of the HTTP API") struct OpenAPITests {
  private static func document() throws -> [String: Any] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../docs/openapi.json")
    return try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
  }

  private typealias Operation = (path: String, method: String, content: [String: Any])

  private static func operations(_ document: [String: Any]) -> [Operation] {
    (document["paths"] as? [String: [String: [String: Any]]] ?? [:]).flatMap { path, methods in
      methods.map { (path, $0.key, $0.value) }
    }.sorted { ($0.path, $0.method) < ($1.path, $1.method) }
  }

  /// Returns valid requests for each operation, and some that it refuses.
  private func samples(_ operation: Operation, _ digests: [String]) -> [(
    target: String, body: String?
  )] {
    let path = operation.path
    switch (path, operation.method) {
    case ("/api/generations", "post"):
      return [#"{"prompt": "cat"}"#, #"{"reproduce": 999}"#, "{}"].map { (path, $0) }
    case ("/api/generations", _):
      return [
        "", "?q=cat&limit=1", "?ids=1,2", "?limit=0", "?q=rating:9", "?sort=x", "?q=similar:999",
      ].map { (path + $0, nil) }
    case ("/api/generations/{id}", _):
      return ["1", "99", "x"].map { ("/api/generations/\($0)", nil) }
    case ("/api/complete", _): return [(path + "?text=ta", nil), (path + "?cursor=-1", nil)]
    case ("/api/compare", _):
      return [
        (path + "?a=\(digests[0])&b=\(digests[1])", nil), (path + "?a=x&b=y", nil), (path, nil),
      ]
    case ("/api/selection", _):
      let rating = #""edit": {"rating": 1}"#
      return [#"{"ids": [1], \#(rating)}"#, #"{"query": "similar:999", \#(rating)}"#, "{}", "["]
        .map { (path, $0) }
    case ("/api/undo", _), ("/api/redo", _): return [(path, "{}"), (path, "{}"), (path, "[")]
    case ("/images/{sha256}", _), ("/thumbnails/{sha256}", _):
      let start = String(path.prefix { $0 != "{" })
      return [digests[0], String(repeating: "0", count: 64), "x"].map { (start + $0, nil) }
    default: return ["", "?q=cat", "?q=similar:999"].map { (path + $0, nil) }
    }
  }

  @Test("the replies of the server fit the description of the API")
  func replies() async throws {
    let document = try Self.document()
    #expect(document["openapi"] as? String == "3.1.0")
    let schemas = JSONSchema(document: document)
    try await TestServer.run {
      $0.generator = OneImageGenerator()
    } prepare: { library in
      try library.add("cat", tags: ["a"], shade: 1)
      try library.add("dog", shade: 2)
    } _: { test async throws in
      let digests = try [1, 2].map { try test.library.digest(of: .init($0)) }
      for operation in Self.operations(document) where operation.path != "/api/events" {
        let responses = operation.content["responses"] as? [String: [String: Any]] ?? [:]
        var statuses: Set<Int> = []
        if operation.path == "/api/redo" {
          // A redo is possible only after an undo.
          let edit = #"{"ids": [1], "edit": {"rating": 4}}"#
          _ = try await test.request("PATCH", "/api/selection", body: edit)
          _ = try await test.request("POST", "/api/undo", body: "{}")
        }
        for (target, body) in samples(operation, digests) {
          let name = "\(operation.method) \(target) \(body ?? "")"
          let reply = try await test.request(operation.method.uppercased(), target, body: body)
          statuses.insert(reply.status)
          let response = try #require(responses["\(reply.status)"], "\(name): \(reply.status)")
          Self.checkFields(of: reply, response, name)
          let type = reply.header("Content-Type")?.prefix { $0 != ";" } ?? ""
          let content = response["content"] as? [String: [String: Any]] ?? [:]
          let described = content[String(type)] ?? content[String(type.prefix { $0 != "/" }) + "/*"]
          let media = try #require(described, "\(name): \(type)")
          guard let schema = media["schema"] else { continue }
          let value = try JSONSerialization.jsonObject(with: Data(reply.body))
          #expect(schemas.faults(value, schema) == [], "\(name)")
        }
        #expect(statuses.contains(200), "\(operation.path)")
        // Any call can meet these.
        for status in ["401", "403", "500", "503"] {
          #expect(responses[status] != nil, "\(operation.path): \(status)")
        }
      }
    }
  }

  /// Checks the header fields that only some responses have.
  private static func checkFields(
    of reply: RawReply, _ response: [String: Any], _ name: String
  ) {
    let described = response["headers"] as? [String: Any] ?? [:]
    for field in ["ETag", "Content-Range", "Seedbank-Event"] {
      #expect(described.keys.contains(field) == (reply.header(field) != nil), "\(name): \(field)")
    }
  }

  @Test("the header fields of parts of images, and of known images, are described")
  func fieldsOfImages() async throws {
    let operations = Self.operations(try Self.document())
    try await TestServer.run { _ in
    } prepare: {
      try $0.add("cat", shade: 1)
    } _: { test async throws in
      let digest = try test.library.digest(of: .init(1))
      for (folder, tag) in [("/images/", digest), ("/thumbnails/", "\(digest)-320")] {
        let operation = operations.first(where: { $0.path == folder + "{sha256}" })
        let responses = operation?.content["responses"] as? [String: [String: Any]] ?? [:]
        for (fields, status) in [
          ("", 200), ("Range: bytes=0-1\r\n", 206), ("If-None-Match: \"\(tag)\"\r\n", 304),
          ("Range: bytes=99999999-\r\n", 416),
        ] {
          let reply = try await test.get(folder + digest, fields)
          #expect(reply.status == status, "\(folder)")
          let response = try #require(responses["\(reply.status)"], "\(folder): \(reply.status)")
          Self.checkFields(of: reply, response, "\(folder) \(status)")
        }
      }
    }
  }

  /// The folder in which scripts/install-packages installs the clients.
  private static let clients = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../.build/pypi-client").standardized.path

  /// The grammar of queries and which ids exist cannot be described, so a request that the
  /// description allows may be refused, but in a described way.
  private static let schemathesis = [
    "-m", "schemathesis.cli", "run", "--no-color", "--phases", "coverage,fuzzing",
    "--exclude-checks", "positive_data_acceptance", "--exclude-path",
    "/api/events",
    "--max-examples", "8", "--seed", "1", "--request-timeout", "120",
  ]

  @Test("Schemathesis finds no reply that the description does not allow")
  func schemathesis() async throws {
    let description = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../docs/openapi.json").standardized.path
    try await TestServer.run { _ in
    } prepare: { library in
      for number in 1...3 { try library.add("cat \(number)", tags: ["a"], shade: UInt8(number)) }
    } _: { test async throws in
      var environment = ProcessInfo.processInfo.environment
      environment["PYTHONPATH"] = Self.clients
      // The server is on this machine, so a proxy of the environment must not get the requests.
      for name in ["no_proxy", "NO_PROXY"] { environment[name] = "127.0.0.1" }
      // The program stores its results in its working directory.
      let end = try await ChildProcess.run(
        "/usr/bin/env",
        ["python3"] + Self.schemathesis + [
          "--url", "http://\(test.host)", "--header", "Authorization: Bearer \(test.token)",
          description,
        ], environment: environment, in: test.folder.path)
      #expect(end.status == 0, "\(end.output)\(end.errorOutput)")
      // No request passed the checks and made an edit that the description does not contain.
      #expect(try test.library.generation(GenerationID(1))?.prompt == "cat 1")
    }
  }

  @Test("every path of the server is described with its methods")
  func describedPaths() throws {
    for operation in Self.operations(try Self.document()) {
      let path = operation.path.replacingOccurrences(of: "{id}", with: "1")
        .replacingOccurrences(of: "{sha256}", with: String(repeating: "0", count: 64))
      #expect(try Route(path).methods.contains(operation.method.uppercased()), "\(operation.path)")
    }
    let described = Set(Self.operations(try Self.document()).map(\.path))
    for name in [
      "generations", "ids", "facets", "dates", "complete", "compare", "library", "selection",
      "undo",
      "redo", "events",
    ] {
      #expect(described.contains("/api/\(name)"))
    }
  }
}

/// A generator that answers as if it had recorded the first generation, which is the only one that it can repeat.
private struct OneImageGenerator: ImageGenerator {
  var abilities: GenerationAbilities {
    GenerationAbilities(models: [], defaultModel: nil, budget: 20, notice: nil)
  }

  func submit(_ order: ImageOrder) throws -> RecordedOrder {
    let only = GenerationID(1)
    if let id = order.reproduces, id != only { throw LibraryError.noSuchGeneration(id) }
    return RecordedOrder(ids: [only], axes: [])
  }
}
