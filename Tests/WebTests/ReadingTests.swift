import Foundation
import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import Testing

@testable import SeedbankWeb

@Suite("Reading over HTTP") struct ReadingTests {
  private func prepare(_ library: Library) throws {
    try library.add("a red lighthouse", tags: ["coast"], at: "2026-10-05T08:04:59Z", shade: 1)
    try library.add("a blue lighthouse", tags: ["coast", "client/acme"], shade: 2)
    try library.add("<script>alert(1)</script> \u{202e} \"quoted\"\n\u{1}", model: "other")
    _ = try library.edit(.rate(4), on: [GenerationID(1)], by: "t", at: TestServer.now)
    _ = try library.edit(
      .collect("Best of May"), on: [GenerationID(2)], by: "t", at: TestServer.now)
    _ = try library.edit(
      .saveSearch(name: "reds", query: "red"), by: "t", at: TestServer.now)
  }

  @Test("a page has records without paths, and says what follows")
  func page() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      let reply = try await test.get("/api/generations?q=lighthouse&limit=1")
      let page = try reply.json()
      let records = try #require(page["generations"] as? [[String: Any]])
      #expect(records.map { $0["id"] as? Int } == [2])
      #expect(page["count"] as? Int == 2)
      #expect(page["count_is_capped"] as? Bool == false)
      #expect(page["next"] as? Int == 2)
      let image = try #require((records[0]["images"] as? [[String: Any]])?.first)
      #expect(image["path"] == nil)
      let digest = try test.library.digest(of: .init(2))
      #expect(image["sha256"] as? String == digest)
      #expect(!reply.text.contains(test.folder.path))
      let next = try await test.get("/api/generations?q=lighthouse&limit=1&after=2").json()
      #expect((next["generations"] as? [[String: Any]])?.first?["id"] as? Int == 1)
    }
  }

  @Test(
    "the page announces its script, its style sheet and the first request of its script",
    arguments: [
      ("/", "sort=newest&limit=100"), ("/?sort=&q=", "limit=100"),
      ("/?sort=oldest&q=red+lighthouse", "q=red+lighthouse&sort=oldest&limit=100"),
      (
        "/?q=%22a%3E%3B%20,%0D%0ASet-Cookie:%20x~%F0%9F%98%80*-._",
        "q=%22a%3E%3B+%2C%0D%0ASet-Cookie%3A+x%7E%F0%9F%98%80*-._&sort=newest&limit=100"
      ),
    ])
  func firstRequest(target: String, parameters: String) async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      let reply = try await test.get(target)
      let link =
        "</assets/app.js>; rel=modulepreload, </assets/app.css>; rel=preload; as=style, "
        + "</api/generations?\(parameters)>; rel=preload; as=fetch; crossorigin"
      #expect(reply.header("Link") == link)
      #expect(reply.header("Set-Cookie") == nil)
      #expect(try await test.get("/assets/app.css").header("Link") == nil)
    }
  }

  @Test("records are read by ids in the requested order")
  func recordsByID() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      let page = try await test.get("/api/generations?ids=1,3,99,2").json()
      #expect((page["generations"] as? [[String: Any]])?.map { $0["id"] as? Int } == [1, 3, 2])
      let many = (1...501).map(String.init).joined(separator: ",")
      #expect(try await test.get("/api/generations?ids=\(many)").status == 400)
      #expect(try await test.get("/api/generations?ids=1,x").status == 400)
    }
  }

  @Test("foreign text is sent as JSON only")
  func foreignText() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      let reply = try await test.get("/api/generations/3")
      #expect(reply.header("Content-Type") == "application/json; charset=utf-8")
      #expect(!reply.body.contains { $0 < 0x20 })
      #expect(
        try reply.json()["prompt"] as? String
          == "<script>alert(1)</script> \u{202e} \"quoted\"\n\u{1}")
    }
  }

  @Test("a single record has its timeline, parents, children and siblings")
  func record() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      let record = try await test.get("/api/generations/1").json()
      #expect(record["id"] as? Int == 1)
      for key in ["timeline", "parents", "children", "siblings"] {
        #expect(record[key] is [Any], "\(key)")
      }
      #expect(try await test.get("/api/generations/99").status == 404)
      #expect(try await test.get("/api/generations/-1").status == 400)
      #expect(try await test.get("/api/generations/99999999999999999999").status == 400)
    }
  }

  @Test("packed ids are read back as they were")
  func packedIDs() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let ids = (0..<Int.random(in: 0...300, using: &random)).map { _ in
        GenerationID(
          Int64.random(in: .min ... .max, using: &random)
            >> Int64.random(in: 0...63, using: &random))
      }
      #expect(PackedIDs.ids(PackedIDs(ids).bytes) == ids)
    }
    #expect(
      PackedIDs([GenerationID(3), GenerationID(2), GenerationID(100)]).bytes == [6, 1, 0xC4, 1])
    #expect(PackedIDs.ids([0x80]) == nil)
  }

  @Test("the ids of the whole result are sent in its order")
  func ids() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      let reply = try await test.get("/api/ids?q=lighthouse&sort=oldest")
      #expect(reply.header("Content-Type") == "application/octet-stream")
      #expect(PackedIDs.ids(reply.body)?.map(\.rawValue) == [1, 2])
      #expect(try await test.get("/api/ids?sort=sideways").code == "bad_parameter")
    }
  }

  @Test("the counts of facets depend on the query")
  func facets() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      let all = try await test.get("/api/facets").json()
      #expect(all["count"] as? Int == 3)
      #expect(values(all, "tags") == ["coast": 2, "client/acme": 1])
      #expect(values(all, "ratings") == ["4": 1, "none": 2])
      #expect(values(all, "months") == ["2026-10": 1, "2026-11": 2])
      #expect(values(all, "sizes") == ["64x64": 3])
      let red = try await test.get("/api/facets?q=red").json()
      #expect(values(red, "tags") == ["coast": 1])
      #expect(values(red, "models") == ["seedream-3-0-t2i-250415": 1])
      #expect(values(red, "months") == ["2026-10": 1])
    }
  }

  private func values(_ facets: [String: Any], _ key: String) -> [String: Int] {
    var values: [String: Int] = [:]
    for entry in facets[key] as? [[String: Any]] ?? [] {
      values[entry["value"] as? String ?? ""] = entry["count"] as? Int
    }
    return values
  }

  @Test("the months of a result say at which position each begins")
  func months() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      let reply = try await test.get("/api/dates?sort=newest")
      let runs = try JSONSerialization.jsonObject(with: Data(reply.body)) as? [[String: Any]]
      #expect(runs?.map { $0["month"] as? String } == ["2026-11", "2026-10"])
      #expect(runs?.map { $0["index"] as? Int } == [0, 2])
      #expect(runs?.map { $0["count"] as? Int } == [2, 1])
    }
  }

  @Test(
    "the word at the cursor is completed",
    arguments: [
      ("ta", 2, 0, 2, "tag:"), ("tag:co", 6, 0, 6, "tag:coast"),
      ("cat -tag:acm", 12, 4, 12, "-tag:client/acme"), ("coa", 3, 0, 3, "tag:coast"),
      ("collection:bes cat", 14, 0, 14, #"collection:"Best of May""#),
      ("(is:fav", 7, 1, 7, "is:favorite"),
      ("😀 ta", 5, 3, 5, "tag:"), ("best", 4, 0, 4, #"collection:"Best of May""#),
    ])
  func completion(
    _ text: String, _ cursor: Int, _ from: Int, _ to: Int, _ first: String
  ) async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      let encoded = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
      let reply = try await test.get("/api/complete?text=\(encoded)&cursor=\(cursor)").json()
      #expect(reply["from"] as? Int == from)
      #expect(reply["to"] as? Int == to)
      let inserts = (reply["suggestions"] as? [[String: Any]] ?? []).map { $0["insert"] as? String }
      #expect(inserts.contains(first), "\(inserts)")
    }
  }

  @Test("a completed tag finds only the generations with this tag", arguments: ["=q", "a*"])
  func completedTag(_ tag: String) async throws {
    func prepare(_ library: Library) throws {
      try library.add("one", tags: [tag])
      try library.add("two", tags: ["q", "ab"])
    }
    try await TestServer.run(prepare: prepare) { test async throws in
      let reply = try await test.get("/api/complete?text=tag:&cursor=4").json()
      let suggestions = try #require(reply["suggestions"] as? [[String: Any]])
      let found = suggestions.first { $0["label"] as? String == tag }
      let term = try #require(found?["insert"] as? String)
      let query = try #require(term.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
      let page = try await test.get("/api/generations?q=\(query)").json()
      let ids = (page["generations"] as? [[String: Any]] ?? []).map { $0["id"] as? Int }
      #expect(ids == [1], "\(term)")
    }
  }

  @Test(
    "a query that names a file is an error that says what can be named instead",
    arguments: ["reference", "similar", "parent"])
  func fileInQuery(field: String) async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      let reply = try await test.get("/api/generations?q=\(field):./a.png")
      #expect(reply.status == 400 && reply.code == "bad_query")
      let error = try reply.json()["error"] as? [String: Any]
      #expect(error?["message"] as? String == "'./a.png' is not the id of a generation or a digest")
      #expect(error?["hint"] as? String == "use an id, @last or sha256:DIGITS")
    }
  }

  @Test("an error in a query has its position")
  func queryError() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      let reply = try await test.get("/api/generations?q=%F0%9F%98%80%20rating:9")
      #expect(reply.status == 400)
      #expect(reply.code == "bad_query")
      let error = try reply.json()["error"] as? [String: Any]
      #expect(error?["offset"] as? Int == 10)
      #expect(try await test.get("/api/generations?q=collection:nothing").code == "bad_query")
      let noted = try await test.get("/api/generations?q=tga:coast").json()
      #expect((noted["notes"] as? [Any])?.count == 1)
    }
  }

  @Test("a query opens no files")
  func queryWithPath() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      for query in ["similar:/etc/passwd", "parent:/etc/passwd", "similar:../../x.png"] {
        let reply = try await test.get("/api/ids?q=\(query)")
        #expect(reply.status == 400, "\(query)")
      }
      #expect(try await test.get("/api/ids?q=similar:1").status == 200)
      #expect(try await test.get("/api/ids?q=parent:@last").status == 200)
    }
  }

  @Test(
    "the description of the library has its number of images, its collections and saved searches")
  func library() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      let library = try await test.get("/api/library").json()
      #expect(library["count"] as? Int == 3)
      #expect(library["read_only"] as? Bool == false)
      #expect(library["allow_generate"] as? Bool == false)
      #expect(library["generate"] is NSNull)
      let collection = (library["collections"] as? [[String: Any]])?.first
      #expect(collection?["name"] as? String == "Best of May")
      #expect(collection?["count"] as? Int == 1)
      #expect((library["saved"] as? [[String: Any]])?.first?["query"] as? String == "red")
    }
  }

  @Test("two images are compared by their digests")
  func comparison() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      let digests = try [1, 2].map { try test.library.digest(of: .init($0)) }
      let verdict = try await test.get("/api/compare?a=\(digests[0])&b=\(digests[1])").json()
      #expect(verdict["kind"] as? String != nil)
      #expect(verdict["mean_absolute_error"] as? Double != nil)
      let same = try await test.get("/api/compare?a=\(digests[0])&b=\(digests[0])").json()
      #expect(same["kind"] as? String == "identical-file")
      let unknown = String(repeating: "0", count: 64)
      #expect(try await test.get("/api/compare?a=\(digests[0])&b=\(unknown)").status == 404)
      #expect(try await test.get("/api/compare?a=\(digests[0])&b=x").status == 400)
      #expect(try await test.get("/api/compare?a=\(digests[0])").status == 400)
    }
  }
}
