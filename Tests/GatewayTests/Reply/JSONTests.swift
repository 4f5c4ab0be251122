import SeedbankModel
import TestRandomness
import Testing

@testable import SeedbankProviders

@Suite("Foreign JSON")
struct JSONTests {
  private func read(_ text: String) throws -> JSONView { try JSONDocument(Array(text.utf8)).root }

  @Test("strings are decoded with every escape")
  func strings() throws {
    let text = #""a\"\\\/\b\f\n\r\t\u00e9\ud83c\udf31 é🌱""#
    #expect(try read(text).string == "a\"\\/\u{08}\u{0C}\n\r\té🌱 é🌱")
    #expect(try read(#""\ud83c!""#).string == "\u{FFFD}!")
    #expect(try read(#""\uZZZZ""#).string == "\u{FFFD}ZZZZ")
  }

  @Test(
    "invalid JSON is refused",
    arguments: [
      "", " ", "{", "[1,]", "{\"a\":}", "{\"a\" 1}", "{a:1}", "01", "1.", "-", "1e", "\"", "\"\\\"",
      "\"\\", "tru", "nul", "[1] 2", "{,}", "[", "]",
    ])
  func malformed(_ text: String) {
    #expect(throws: JSONFault.self) { try read(text) }
  }

  @Test("depth and number of values are limited")
  func bounds() throws {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONFault.tooDeep) { try read(deep) }
    let many = "[" + String(repeating: "0,", count: JSONDialect.standard.valueLimit) + "0]"
    #expect(throws: JSONFault.tooManyValues) { try read(many) }
    let allowed = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
    #expect(try read(allowed).elements?.count == 1)
  }

  @Test("a byte order mark before and NULs after are accepted")
  func margins() throws {
    #expect(
      try JSONDocument([0xEF, 0xBB, 0xBF] + Array("{\"a\":1}\n\0".utf8)).root["a"]?.integer == 1)
  }

  @Test("the last of repeated keys is used, and null counts as missing")
  func keys() throws {
    #expect(try read(#"{"a":1,"a":2}"#)["a"]?.integer == 2)
    #expect(try read(#"{"a":1,"a":null}"#)["a"] == nil)
  }

  @Test("written strings are read back as they were")
  func roundTrip() throws {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<500 {
      var scalars = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...20, using: &generator) {
        let limit: UInt32 = Bool.random(using: &generator) ? 0x80 : 0x2FFFF
        if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &generator)) {
          scalars.append(scalar)
        }
      }
      let text = String(scalars)
      #expect(try JSONDocument(JSONWriter.literal(text)).root.string == text)
    }
  }
}
