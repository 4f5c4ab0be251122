import Testing

@testable import SeedbankProviders

@Suite("The head of a reply")
struct HeadReaderTests {
  private func read(_ lines: String...) -> ReplyHead? {
    var reader = HeadReader()
    var head: ReplyHead?
    for line in lines { head = reader.take(Array(line.utf8)) ?? head }
    return head
  }

  @Test("is read line by line, with carriage returns or without", arguments: ["\r\n", "\n"])
  func lines(_ end: String) {
    let head = read(
      "HTTP/1.1 404 Not Found" + end, "Content-Type:text/plain" + end, "X:  a b \t" + end, end)
    #expect(head?.status == 404)
    #expect(head?.headers["content-type"] == "text/plain")
    #expect(head?.headers["x"] == "a b")
  }

  @Test("a value can begin with a combining mark")
  func markedValue() {
    let head = read("HTTP/1.1 200\r\n", "X:\u{301}a\r\n", "\r\n")
    #expect(head?.headers["X"] == "\u{301}a")
  }

  @Test("folded lines are joined")
  func folded() {
    let head = read("HTTP/1.1 200\r\n", "X:\r\n", "  a\r\n", "\tb\r\n", "Y: c\r\n", "\r\n")
    #expect(head?.status == 200)
    #expect(head?.headers["X"] == "a b")
    #expect(head?.headers["Y"] == "c")
  }

  @Test("interim replies and fields after the body are ignored")
  func interim() {
    let head = read(
      "HTTP/1.1 103 Early Hints\r\n", "Link: </x>\r\n", "\r\n", "HTTP/2 200\r\n", "A: b\r\n",
      "\r\n",
      "Trailer: x\r\n", "\r\n")
    #expect(head == ReplyHead(status: 200, headers: ["A": "b"]))
  }

  @Test("lines without a colon, and empty continuation lines, are ignored")
  func odd() {
    let head = read("HTTP/1.1 200 OK\r\n", " a\r\n", "nonsense\r\n", "\r\n")
    #expect(head == ReplyHead(status: 200, headers: [:]))
  }

  @Test("of an endless head only the first 256 KiB are read, in lines of any kind")
  func endless() {
    for line in [
      "X: \(String(repeating: "a", count: 98))", " " + String(repeating: "b", count: 100),
    ] {
      var reader = HeadReader()
      _ = reader.take(Array("HTTP/1.1 200 OK\r\n".utf8))
      _ = reader.take(Array("First: 1\r\n".utf8))
      for _ in 0..<50_000 { _ = reader.take(Array((line + "\r\n").utf8)) }
      let head = reader.take(Array("\r\n".utf8))
      #expect(head?.status == 200)
      #expect(head?.headers["First"]?.hasPrefix("1") == true)
      let size = head?.headers.fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
      #expect((1...HeadReader.limit).contains(size ?? 0))
    }
  }
}
