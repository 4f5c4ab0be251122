import Foundation
import Testing

@testable import SeedbankProviders

@Suite("A recorded reply")
struct RecordedReplyTests {
  private func text(_ body: String) -> String {
    String(decoding: SeedbankProviders.RecordedReply(Array(body.utf8)).text, as: UTF8.self)
  }

  @Test(
    "is shown without the signatures of links, and otherwise unchanged",
    arguments: [
      (
        #"{"a": "https://x.example/1.jpg?Sig=abc", "b": 1.50}"#,
        #"{"a": "https://x.example/1.jpg?…", "b": 1.50}"#
      ),
      (#"{"a":"https:\/\/x.example\/1.jpg?Sig=abc"}"#, #"{"a":"https:\/\/x.example\/1.jpg?…"}"#),
      (#"{"a":"https://x.example/1.jpg\u003FSig=abc"}"#, #"{"a":"https://x.example/1.jpg?…"}"#),
      (
        #"{"a":"see HTTP://x.example/#token and https://y.example/?q"}"#,
        #"{"a":"see HTTP://x.example/?… and https://y.example/?…"}"#
      ),
      (
        #"{"a":"https://x.example/1.jpg","b":[{"c":null}]}"#,
        #"{"a":"https://x.example/1.jpg","b":[{"c":null}]}"#
      ),
      ("<a href='https://x.example/?t=1'>here</a>", "<a href='https://x.example/?…'>here</a>"),
      ("not JSON, no link", "not JSON, no link"),
    ])
  func signatures(_ body: String, _ shown: String) { #expect(text(body) == shown) }

  @Test("is shown with the length of base64 in its place")
  func base64() {
    let long = String(repeating: "QUJD", count: 100)
    #expect(text(#"{"b64_json":"\#(long)"}"#) == #"{"b64_json":"(400 characters of base64)"}"#)
    #expect(
      text(#"{"url":"data:image/png;base64,\#(long)"}"#)
        == #"{"url":"data:image/png;base64,(400 characters of base64)"}"#)
  }

  @Test("contains all parts that look like the base64 of a file")
  func payloads() {
    let file = [UInt8](repeating: 7, count: 300)
    let text = Data(file).base64EncodedString()
    let body = #"{"deep": [{"x": "\#(text)"}, "data:image/gif;base64,\#(text)"], "short": "QUJD"}"#
    let payloads = SeedbankProviders.RecordedReply(Array(body.utf8)).payloads
    #expect(payloads.map(\.bytes) == [file, file])
    #expect(payloads.map(\.isDecoded) == [true, true])
  }

  @Test("contains damaged base64 unchanged")
  func damaged() {
    let text = String(repeating: "QUJD", count: 100) + "="
    let payloads = SeedbankProviders.RecordedReply(Array(#"["\#(text)"]"#.utf8)).payloads
    #expect(payloads.count == 1)
    #expect(payloads.first?.isDecoded == false)
    #expect(payloads.first?.bytes == Array(text.utf8))
  }
}
