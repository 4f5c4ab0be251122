import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import Testing

@testable import SeedbankWeb

@Suite("Heads of requests") struct RequestHeadTests {
  private func head(_ text: String) throws -> RequestHead {
    try RequestHead(parsing: Array(text.utf8))
  }

  @Test("a plain request is read into its parts")
  func plainRequest() throws {
    let head = try head("GET /api/ids?q=a%20b&sort=oldest HTTP/1.1\r\nHost: localhost:8765\r\n\r\n")
    #expect(head.method == "GET")
    #expect(head.path == "/api/ids")
    #expect(head["host"] == "localhost:8765")
    #expect(!head.closesConnection)
    let query = try RequestQuery(head.query)
    #expect(query["q"] == "a b")
    #expect(query["sort"] == "oldest")
  }

  @Test(
    arguments: [
      "GET / HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
      "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
      "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /  HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nX: \u{1}\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\nOrigin: http://b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\ncontent-type: application/json\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer 0\r\nAuthorization: Bearer 1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n",
      "GET / HTTP/1.1\nHost: a\n\n",
      "GET /\u{e4} HTTP/1.1\r\nHost: a\r\n\r\n",
    ])
  func aRequestThatCouldBeReadInTwoWaysIsMalformed(_ text: String) {
    #expect(throws: RequestHeadError.malformed) { try head(text) }
  }

  @Test("a body without a length is noted, and another version of HTTP is an error of its own")
  func specialHeads() throws {
    let chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    #expect(try head(chunked).lacksLength)
    #expect(throws: RequestHeadError.unsupportedVersion) {
      try head("GET / HTTP/2.0\r\nHost: a\r\n\r\n")
    }
  }

  @Test("the end of a head is found in whatever pieces its bytes arrive")
  func endOfHead() {
    let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\n\r\nrest".utf8)
    var scanner = HeadScanner()
    for count in 1..<28 {
      let result = scanner.scan(bytes[..<count])
      #expect(result == (count < 27 ? .incomplete : .complete(27)))
    }
    var other = HeadScanner()
    #expect(other.scan(Array("GET / HTTP/1.1\nHost".utf8)) == .malformed)
  }

  @Test(
    "a range of bytes is read as HTTP defines it",
    arguments: [
      ("bytes=0-9", ByteRange.part(0..<10)), ("bytes=90-", .part(90..<100)),
      ("bytes=-10", .part(90..<100)), ("bytes=-1000", .part(0..<100)),
      ("bytes=95-1000", .part(95..<100)),
      ("bytes=100-", .unsatisfiable), ("bytes=-0", .unsatisfiable), ("bytes=9-0", .whole),
      ("bytes=0-1,5-6", .whole), ("items=0-1", .whole), ("bytes=x-1", .whole),
    ])
  func ranges(_ field: String, _ expected: ByteRange) {
    #expect(ByteRange(field, size: 100) == expected)
  }

  @Test(
    "parameters that are not text, or are given twice, are refused",
    arguments: ["%", "%4", "%zz", "a=%ff", "a=%00", "a=1&a=2"])
  func wrongParameters(_ text: String) {
    #expect(throws: APIError.self) { try RequestQuery(text) }
  }

  @Test("a value that is not text is refused with the name of its parameter")
  func valueNotText() {
    #expect(throws: APIError.badParameter("q", "percent encoding of UTF-8 text")) {
      try RequestQuery("sort=newest&q=%ff")
    }
  }
}
