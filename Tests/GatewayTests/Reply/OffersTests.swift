import Testing

@testable import SeedbankProviders

@Suite("Recorded offers")
struct OffersTests {
  @Test("base64 is replaced by a digest, and all other bytes stay the same")
  func redacted() throws {
    let body =
      #"{ "created" : 1, "data":[ {"b64_json":"QUFB", "size":"1x1"},{"url":"https://c.example/a?s=1"},{"b64_json": "QkJC"}],"usage":{ "output_tokens":4096 } }"#
    let edited = Offers.redactingImages(
      in: Array(body.utf8), replacements: [1: "sha256:aa", 3: "sha256:cc"])
    let expected =
      #"{ "created" : 1, "data":[ {"b64_json":"sha256:aa", "size":"1x1"},{"url":"https://c.example/a?s=1"},{"b64_json": "sha256:cc"}],"usage":{ "output_tokens":4096 } }"#
    #expect(String(decoding: edited, as: UTF8.self) == expected)
    #expect(
      Offers.read(edited)?.images.map(\.source) == [
        .stored("sha256:aa"), .link(ImageLink("https://c.example/a?s=1")), .stored("sha256:cc"),
      ])
    #expect(Offers.read(edited)?.images.map(\.position) == [1, 2, 3])
  }

  @Test("a data URI is replaced too, and the reply still offers its image")
  func dataURI() {
    let digest = "sha256:" + String(repeating: "ab", count: 32)
    let body = Array(#"{"status":"succeeded","output":"data:image/png;base64,QUFB"}"#.utf8)
    let edited = Offers.redactingImages(in: body, replacements: [1: digest])
    #expect(
      String(decoding: edited, as: UTF8.self)
        == #"{"status":"succeeded","output":"\#(digest)"}"#)
    #expect(Offers.read(edited)?.images.map(\.source) == [.stored(digest)])
    // Another text is not an image.
    #expect(Offers.read(Array(#"{"output":"sha256:ab"}"#.utf8)) == nil)
  }

  @Test("only the base64 of stored images is replaced")
  func partly() {
    let body = Array(#"{"data":[{"b64_json":"QUFB"},{"b64_json":"QkJC"}]}"#.utf8)
    let edited = Offers.redactingImages(in: body, replacements: [2: "sha256:bb"])
    #expect(
      String(decoding: edited, as: UTF8.self)
        == #"{"data":[{"b64_json":"QUFB"},{"b64_json":"sha256:bb"}]}"#)
    let junk = Array("<html>".utf8)
    #expect(Offers.redactingImages(in: junk, replacements: [1: "x"]) == junk)
    #expect(Offers.read(junk) == nil)
  }

  @Test("numbers of streamed images that are too large for positions leave no empty places")
  func largeNumbers() {
    func faults(_ indexes: [Int]) -> [Int]? {
      let images = indexes.map { index in
        #"{"event":"","data":{"type":"image_generation.partial_succeeded","image_index":\#(index),"#
          + #""url":"https://c.example/a"}}"#
      }
      let end = #"{"event":"","data":{"type":"image_generation.completed"}}"#
      let record = "[" + (images + [end]).joined(separator: ",") + "]"
      return Offers.read(Array(record.utf8))?.faults.map(\.position)
    }
    #expect(faults([0, 3]) == [2, 3])
    #expect(faults([0, 5_000]) == [])
  }

  @Test("images under an unknown status word beside an id are a possible result, others are not")
  func possibleResult() {
    func positions(_ body: String) -> [Int]? {
      Offers.readPossibleResult(Array(body.utf8))?.images.map(\.position)
    }
    let image = #""images":["https://c.example/a"]"#
    #expect(positions(#"{"id":"j","status":"refining",\#(image)}"#) == [1])
    #expect(positions(#"{"id":"j","status":"processing",\#(image)}"#) == nil)
    #expect(positions(#"{"id":"j",\#(image)}"#) == nil)
    #expect(positions(#"{"id":"j","status":"refining","url":"https://c.example/j"}"#) == nil)
    #expect(positions("<html>") == nil)
  }

  @Test("usage is kept verbatim")
  func usage() {
    let body = Array(
      #"{"images":["https://c.example/a"],"usage":{"output_tokens":  4096,"x":[1]}}"#.utf8)
    #expect(Offers.read(body)?.usage?.json == #"{"output_tokens":  4096,"x":[1]}"#)
    #expect(Offers.read(body)?.usage?.outputTokens == 4096)
  }

  @Test("a link prints without its signature")
  func links() {
    let offer = Offer(
      position: 1, source: .link(ImageLink("https://user:pw@c.example/a.jpg?X-Signature=secret#f")),
      size: nil)
    #expect("\(offer)".contains("https://c.example/a.jpg?…"))
    for text in ["\(offer)", String(reflecting: offer)] {
      #expect(!text.contains("secret"))
      #expect(!text.contains("pw"))
    }
  }
}
