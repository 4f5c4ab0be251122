import Foundation
import SeedbankModel
import TestRandomness
import Testing

@testable import SeedbankProviders

@Suite("The key in a reply")
struct RedactionTests {
  /// Returns a random key of printable ASCII characters.
  private static func randomKey(_ random: inout SeededGenerator) -> String {
    let length = Int.random(in: 8...48, using: &random)
    let bytes = (0..<length).map { _ in UInt8.random(in: 0x21...0x7E, using: &random) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let places: [@Sendable (String) -> Reply] = [
    { Reply(status: 400, body: Array(#"{"error":"refused for key \#($0), sorry"}"#.utf8)) },
    { Reply(status: 400, body: Array(#"{"error":{"code":"\#($0)","message":"m"}}"#.utf8)) },
    { Reply(status: 200, body: Array(#"{"success":true,"\#($0)":[1,{"x":"\#($0)"}]}"#.utf8)) },
    { Reply(status: 200, body: Array(#"{"job_set_id":"job-\#($0)-1","status":"pending"}"#.utf8)) },
    {
      Reply(
        status: 200, body: Array(#"{"data":[{"url":"https://c.example/a?k=\#($0)&s=1"}]}"#.utf8))
    },
    {
      Reply(status: 200, body: Array(#"{"data":[{"url":"https://c.example/\#($0)/a.jpg"}]}"#.utf8))
    },
    {
      Reply(
        status: 200, body: Array(#"{"data":[{"b64_json":"iVBORw0KGgo=","note":"\#($0)"}]}"#.utf8))
    },
    { Reply(status: 200, body: Array(#"{"data":[{"b64_json":"\#($0)"}]}"#.utf8)) },
    { Reply(status: 502, body: Array("<html><title>\($0)</title><p>key \($0)</p></html>".utf8)) },
    { Reply(status: 403, headers: ["Location": "/x?\($0)", "X-\($0)": $0], body: []) },
    {
      Reply(status: 429, headers: ["Retry-After": $0, "WWW-Authenticate": "Basic \($0)"], body: [])
    },
    {
      Reply(
        status: 200, body: Array(#"{"data":[{"url":"https://c.example/a"#.utf8) + Array($0.utf8))
    },
  ]

  @Test("is removed in every form and every place", arguments: KeySpelling.allCases)
  func unreadable(_ spelling: KeySpelling) throws {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<3 {
      let text = Self.randomKey(&random)
      let key = try APIKey(text)
      for place in Self.places {
        let written = spelling.write(text, using: &random)
        let reply = place(written)
        let redacted = reply.redacting(key)
        let all =
          String(decoding: redacted.body, as: UTF8.self) + "\n"
          + redacted.headers.fields.map { "\($0.name)\n\($0.value)" }.joined(separator: "\n")
        #expect(!KeySpelling.holds(text, in: all), "\(text) as \(written) in \(all)")
        let outcomes =
          "\(SubmitReply.read(redacted, at: ReplyFixture.arrival)) "
          + "\(PollReply.read(redacted, at: ReplyFixture.arrival))"
        #expect(!KeySpelling.holds(text, in: outcomes), "\(text) in \(outcomes)")
      }
    }
  }

  @Test("is found by the search that these tests rely on", arguments: KeySpelling.allCases)
  func found(_ spelling: KeySpelling) {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<20 {
      let key = Self.randomKey(&random)
      #expect(KeySpelling.holds(key, in: "x " + spelling.write(key, using: &random) + " y"))
    }
  }

  @Test(
    "returns to the link that had it, spelled as it was",
    arguments: [
      KeySpelling.raw, .percent, .everyPercent, .doublePercent, .base64, .urlSafeBase64,
      .unpaddedBase64, .base64Inside, .percentBase64,
    ])
  func links(_ spelling: KeySpelling) throws {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<40 {
      let text = Self.randomKey(&random).filter { spelling != .raw || !"#\\\"".contains($0) }
      guard text.count >= 8 else { continue }
      let key = try APIKey(text)
      for form in [
        "https://c.example/a.jpg?x=1&key=%@&sig=a%%2Bb", "http://127.0.0.1:80/%@/a?k=%@",
      ] {
        let url = form.replacing("%@", with: spelling.write(text, using: &random))
          .replacing("%%", with: "%")
        let body = Array(#"{"data":[{"url":"#.utf8) + JSONWriter.literal(url) + Array("}]}".utf8)
        let reply = Reply(status: 200, body: body).redacting(key)
        let recorded = try #require(Self.link(in: reply), "\(url)")
        #expect(recorded.url != url)
        #expect(!KeySpelling.holds(text, in: recorded.url))
        #expect(key.restored(recorded).url == url)
      }
    }
  }

  private static func link(in reply: Reply) -> ImageLink? {
    guard case .link(let link)? = Offers.read(reply.body)?.images.first?.source else { return nil }
    return link
  }

  @Test("returns to the id of the job that had it")
  func jobs() throws {
    let key = try APIKey("s3cret/value+123")
    for body in [
      #"{"job_set_id":"job:s3cret\/value+123"}"#,
      #"{"data":{"task_id":"job:s3cret/value\u002b123"}}"#,
    ] {
      let reply = Reply(status: 200, body: Array(body.utf8)).redacting(key)
      guard case .accepted(let jobID) = SubmitReply.read(reply, at: ReplyFixture.arrival) else {
        Issue.record("no job")
        continue
      }
      #expect(!jobID.contains("s3cret"))
      #expect(key.restored(jobID: jobID) == "job:s3cret/value+123")
    }
  }

  @Test("is not sent to another host, not instead of another key, and not for a forged marker")
  func forged() throws {
    let key = try APIKey("s3cret-value-123")
    let body = #"{"images":["https://c.example/a?k=s3cret-value-123"]}"#
    let reply = Reply(status: 200, body: Array(body.utf8)).redacting(key)
    let own = try #require(Self.link(in: reply)).url
    #expect(key.restored(ImageLink(own)).url.hasSuffix("?k=s3cret-value-123"))
    let other = own.replacing("c.example", with: "evil.example")
    #expect(key.restored(ImageLink(other)).url == other)
    let plain = own.replacing("https:", with: "http:")
    #expect(key.restored(ImageLink(plain)).url == plain)
    #expect(try APIKey("another-key-45678").restored(ImageLink(own)).url == own)
    // A marker in a reply was not written by this program, even if its tag is right.
    let replayed = Reply(status: 200, body: Array(#"{"images":["\#(own)"]}"#.utf8)).redacting(key)
    let harmless = try #require(Self.link(in: replayed))
    #expect(key.restored(harmless).url == harmless.url)
    #expect(!harmless.url.contains("s3cret"))
    var random = SeededGenerator(seed: 4)
    for _ in 0..<200 {
      var bytes = Array(own.utf8)
      let position = Int.random(in: (bytes.count / 2)..<bytes.count, using: &random)
      bytes[position] = UInt8.random(in: 0x21...0x7E, using: &random)
      let damaged = String(decoding: bytes, as: UTF8.self)
      let restored = key.restored(ImageLink(damaged)).url
      #expect(restored == damaged || damaged == own || restored.hasPrefix("https://c.example/"))
    }
  }

  @Test("ordinary replies are not changed", arguments: ["submit", "poll"])
  func untouched(_ name: String) throws {
    var random = SeededGenerator(seed: 5)
    for recorded in try ReplyFixture.all(name) {
      let key = try APIKey(Self.randomKey(&random))
      #expect(recorded.reply.redacting(key) == recorded.reply)
    }
  }

  @Test("a short key is not searched for, because ordinary words would match")
  func short() throws {
    let body = Array(#"{"error":"the status of this request"}"#.utf8)
    let reply = Reply(status: 400, body: body)
    #expect(try reply.redacting(APIKey("status")) == reply)
    #expect(try reply.redacting(APIKey("of")) == reply)
  }

  @Test("the bytes of an image are never changed")
  func images() throws {
    let key = try APIKey("s3cret-value-123")
    let image = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array("…s3cret-value-123…".utf8)
    let text = Data(image).base64EncodedString()
    for payload in [text, "data:image/png;base64," + text, text.replacing("/", with: #"\/"#)] {
      let body = #"{"data":[{"b64_json":"\#(payload)","note":"s3cret-value-123"}]}"#
      let reply = Reply(status: 200, body: Array(body.utf8)).redacting(key)
      guard case .inline(let kept)? = Offers.read(reply.body)?.images.first?.source else {
        Issue.record("no image")
        continue
      }
      #expect(try kept.decoded() == image)
      #expect(!String(decoding: reply.body, as: UTF8.self).contains("s3cret"))
    }
  }

  @Test("data that only starts like an image is searched for the key")
  func notAnImage() throws {
    let key = try APIKey("s3cret-value-123")
    let body = #"{"data":[{"b64_json":"iVBORw0KGgoAAAANSUhEUg s3cret\u002dvalue-123"}]}"#
    let reply = Reply(status: 200, body: Array(body.utf8)).redacting(key)
    #expect(!KeySpelling.holds(key.value, in: String(decoding: reply.body, as: UTF8.self)))
  }

  @Test("asterisks keep the reply readable")
  func readable() throws {
    let key = try APIKey(#"Zm9v/YmFy"+\aGVsbG8="#)
    let body = #"{"error":"refused for Zm9v\/YmFy\u0022+\\aGVsbG8=.\n","job_set_id":"j"}"#
    let reply = Reply(status: 400, body: Array(body.utf8)).redacting(key)
    let root = try JSONDocument(reply.body).root
    #expect(root["error"]?.string?.hasPrefix("refused for ***") == true)
    #expect(root["error"]?.string?.hasSuffix("*.\n") == true)
    #expect(root["job_set_id"]?.string == "j")
  }

  @Test("the time for a hostile reply is limited by its length")
  func hostile() throws {
    let key = try APIKey(#"\\\\%%%%&&&&QQQQ"#)
    for unit in [#"\"#, "%", "%25", "&#", "&amp;", "Q", "Q ", #"\u005c"#, #"\\u0025"#] {
      let body = Array(String(repeating: unit, count: 30_000).utf8)
      _ = Reply(status: 500, body: body).redacting(key)
    }
  }

  @Test("the checksum is SipHash-2-4 as its authors publish it")
  func checksum() {
    let key: (UInt64, UInt64) = (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908)
    #expect(SipHash.hash([], key: key) == 0x726F_DB47_DD0E_0E31)
    #expect(SipHash.hash(Array(0..<15), key: key) == 0xA129_CA61_49BE_45E5)
    #expect(SipHash.hash(Array(0..<8), key: key) == 0x93F5_F579_9A93_2462)
  }
}
