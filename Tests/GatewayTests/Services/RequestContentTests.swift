import Foundation
import TestRandomness
import Testing

@testable import SeedbankProviders

@Suite("Bodies with images")
struct RequestContentTests {
  private func source(_ bytes: [UInt8], _ type: String = "image/png") -> ReferenceBytes {
    ReferenceBytes(mediaType: type, count: Int64(bytes.count)) { offset, buffer in
      let part = bytes.dropFirst(Int(offset)).prefix(buffer.count)
      buffer.copyBytes(from: part)
      return part.count
    }
  }

  private func bytes(_ content: RequestContent) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try content.forEachPiece { bytes += $0 }
    return bytes
  }

  @Test("an image becomes a data URI of its very bytes", arguments: [0, 1, 2, 3, 100, 200_000])
  func json(_ length: Int) throws {
    var generator = SeededGenerator(seed: UInt64(length))
    let image = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let body = CallBody.json(
      Array(#"{"prompt":"sha256:ab","image":["sha256:ab","https://a.example/x","sha256:cd"]}"#.utf8)
    )
    let content = body.content(["sha256:ab": source(image)], boundary: "b")
    let sent = try bytes(content)
    #expect(content.count == Int64(sent.count))
    let uri = "data:image/png;base64," + Data(image).base64EncodedString()
    #expect(
      String(decoding: sent, as: UTF8.self)
        == #"{"prompt":"sha256:ab","image":["\#(uri)","https://a.example/x","sha256:cd"]}"#)
  }

  @Test("a link takes the place of an uploaded image, and nothing else changes")
  func links() {
    let body =
      #"{"input":{"prompt":"sha256:ab","image_input":["sha256:ab",  "sha256:cd", "https://a.example/x"]}}"#
    let request = EncodedRequest(
      endpoint: "/x", body: RequestBody(recorded: Array(body.utf8))
    ).replacingImages(by: ["sha256:ab": "https://api.example/files/\"1"])
    #expect(
      String(decoding: request.body.bytes, as: UTF8.self)
        == #"{"input":{"prompt":"sha256:ab","image_input":["https://api.example/files/\"1",  "sha256:cd", "https://a.example/x"]}}"#
    )
  }

  @Test("a form has a part for each value, and its images as files")
  func form() throws {
    let body = CallBody.form(
      Array(#"{"model":"m","prompt":"sha256:ab","n":2,"image":["sha256:ab","sha256:cd"]}"#.utf8))
    let content = body.content(
      ["sha256:ab": source([1, 2, 3]), "sha256:cd": source([4], "image/webp")], boundary: "b")
    let sent = try bytes(content)
    #expect(content.count == Int64(sent.count))
    #expect(content.mediaType == "multipart/form-data; boundary=b")
    let head = "--b\r\nContent-Disposition: form-data; name="
    let expected =
      head + "\"model\"\r\n\r\nm\r\n" + head + "\"prompt\"\r\n\r\nsha256:ab\r\n" + head
      + "\"n\"\r\n\r\n2\r\n" + head
      + "\"image[]\"; filename=\"image.png\"\r\nContent-Type: image/png\r\n\r\n\u{1}\u{2}\u{3}\r\n"
      + head
      + "\"image[]\"; filename=\"image.webp\"\r\nContent-Type: image/webp\r\n\r\n\u{4}\r\n--b--\r\n"
    #expect(String(decoding: sent, as: UTF8.self) == expected)
  }

  @Test("a file that became shorter is an error, not a shorter body")
  func shorter() throws {
    let short = ReferenceBytes(mediaType: "image/png", count: 10) { _, _ in 0 }
    let content = CallBody.json(Array(#"{"image":"sha256:ab"}"#.utf8))
      .content(["sha256:ab": short], boundary: "b")
    #expect(throws: RequestContent.FileIsShorter.self) { try bytes(content) }
  }
}
