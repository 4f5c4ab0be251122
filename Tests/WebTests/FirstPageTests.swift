import Foundation
import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import Testing

@testable import SeedbankWeb

/// The records and images that the server sends or announces with the page.
@Suite("The first page") struct FirstPageTests {
  private func prepare(_ library: Library) throws {
    try library.add("a red lighthouse", shade: 1)
    try library.add("a blue lighthouse", shade: 2)
    try library.add("</script><script>alert(1)</script><!-- \u{202e} \"\n\r\u{1}")
  }

  /// The records in the page; nil if it contains none.
  private func records(_ page: RawReply) throws -> Data? {
    let text = String(decoding: page.body, as: UTF8.self)
    let start = "<script type=\"application/json\" id=\"first-page\">"
    let parts = text.components(separatedBy: start)
    try #require(parts.count == 2)
    let content = try #require(parts[1].components(separatedBy: "</script>").first)
    return content.isEmpty ? nil : Data(content.utf8)
  }

  @Test(
    "the page contains the answer to the first request of its script",
    arguments: [
      ("/", "sort=newest"), ("/?sort=oldest&q=red+lighthouse", "q=red+lighthouse&sort=oldest"),
      ("/?q=%22a%3E%3B%20,%0D%0A%F0%9F%98%80", "q=%22a%3E%3B%20,%0D%0A%F0%9F%98%80&sort=newest"),
    ])
  func firstRecords(target: String, parameters: String) async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      let page = try await test.get(target)
      #expect(page.header("Cache-Control") == "no-store")
      let found = try #require(try records(page))
      let answer = try await test.get("/api/generations?limit=100&" + parameters)
      let expected = try JSONSerialization.jsonObject(with: Data(answer.body)) as? NSDictionary
      let content = try JSONSerialization.jsonObject(with: found) as? NSDictionary
      #expect(content == expected)
      #expect(!String(decoding: found, as: UTF8.self).contains("<"))
    }
  }

  @Test("a page with a wrong query contains no records, so that its script shows the error")
  func wrongQuery() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      for target in ["/?q=rating:x", "/?sort=wrong"] {
        let page = try await test.get(target)
        #expect(page.status == 200)
        #expect(try records(page) == nil)
        #expect(page.header("Link") == nil)
      }
    }
  }

  @Test("the page announces the thumbnails that it shows first, and only those that exist")
  func announcedImages() async throws {
    try await TestServer.run(prepare: prepare) { test async throws in
      let link = try #require(try await test.get("/").header("Link"))
      let targets = link.matches(of: /<([^>]*)>; rel=preload; as=image/).map { String($0.1) }
      let digests = try [2, 1].map { try test.library.digest(of: GenerationID($0)) }
      #expect(targets == digests.map { "/thumbnails/\($0)?size=320" })
      for target in targets { #expect(try await test.get(target).status == 200) }
      #expect(try await test.get("/?q=script").header("Link") == nil)
      #expect(try await test.get("/assets/app.css").header("Link") == nil)
    }
  }
}
